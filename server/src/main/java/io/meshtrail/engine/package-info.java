/// DuckDB, wrapped once: a locked-down instance, whole vectors in, whole vectors out. No other package names
/// it.
///
/// In: SQL, and rows as [Batch]es of columns. Out: results row by row for questions ([Engine#query]), or
/// chunk by chunk for millions of rows ([TableEngine#read]). Always: a question ends at its limit; what the
/// engine says when it refuses is in the exception; nothing is read or written outside the folders of
/// [EngineSettings]. Start at [Engine], then [TableEngine].
@NullMarked
package io.meshtrail.engine;

import org.jspecify.annotations.NullMarked;
