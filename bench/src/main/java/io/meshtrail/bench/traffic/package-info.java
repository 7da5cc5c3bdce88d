/// A made-up mesh whose access logs look like a real one's: seed in, messages of Envoy's Access Log Service
/// out.
///
/// The same seed and the same clock always give the same bytes. An entry has exactly
/// [io.meshtrail.bench.traffic.Traffic#FIELDS] fields. Entries are built once with Envoy's generated classes
/// and
/// then only patched, so that the generator takes a small part of the machine it shares with the server.
///
/// Start at [Traffic].
@NullMarked
package io.meshtrail.bench.traffic;

import org.jspecify.annotations.NullMarked;
