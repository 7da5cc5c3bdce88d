/// Figures of a whole server, measured from outside: options in, one line of JSON out.
///
/// The server runs as a process of its own, started like a user starts it; the load comes from this one, over
/// real gRPC. Start at [io.meshtrail.bench.Ingest].
@NullMarked
package io.meshtrail.bench;

import org.jspecify.annotations.NullMarked;
