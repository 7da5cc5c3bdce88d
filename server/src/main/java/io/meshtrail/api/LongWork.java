package io.meshtrail.api;

import io.meshtrail.sql.SqlDesk;
import java.util.Optional;
import java.util.concurrent.Executor;

/// What answers that take their time are made of.
///
/// @param sql answers people's own SQL; empty if that is switched off
/// @param workers runs what streams: it waits for slow readers, so it has threads of its own
public record LongWork(Optional<SqlDesk> sql, Executor workers) {}
