/// The engine that is DuckDB 1.5.6 over JDBC, with Arrow for reading whole vectors.
///
/// In: calls of the port, from any thread. Out: what DuckDB answers, its refusals as exceptions. Always:
/// settings are locked before the first call, so no SQL can widen what the engine may touch. Start at
/// [DuckDbEngine].
@NullMarked
package io.meshtrail.engine.duckdb;

import org.jspecify.annotations.NullMarked;
