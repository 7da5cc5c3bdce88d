/// The journal as a folder of append-only files; `docs/formats/journal.md` has the bytes.
@NullMarked
package io.meshtrail.journal.file;

import org.jspecify.annotations.NullMarked;
