/// Prometheus remote write, versions 1 and 2: a user's own Prometheus brings the counters of the proxies
/// that it scrapes.
///
/// In: the protobuf of a write request. Out: readings. Always: what is broken costs one series, or what
/// is behind the break. Start at [RemoteWriteDecoder].
@NullMarked
package io.meshtrail.source.prometheus;

import org.jspecify.annotations.NullMarked;
