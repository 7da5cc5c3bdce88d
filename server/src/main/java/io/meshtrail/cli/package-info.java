/// The command line, one class a command. Talks to a server over its public API, or to a data folder.
///
/// Start at [Commands].
@NullMarked
package io.meshtrail.cli;

import org.jspecify.annotations.NullMarked;
