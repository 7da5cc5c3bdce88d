/// Objects and checkpoints as files.
@NullMarked
package io.meshtrail.objectstore.file;

import org.jspecify.annotations.NullMarked;
