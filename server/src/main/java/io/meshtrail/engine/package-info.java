/// DuckDB, wrapped once: a locked-down instance, whole vectors in, Arrow out. No other package names it.
///
/// Start at [Engine].
@NullMarked
package io.meshtrail.engine;

import org.jspecify.annotations.NullMarked;
