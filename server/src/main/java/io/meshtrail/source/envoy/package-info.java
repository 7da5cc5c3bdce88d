/// Envoy's gRPC access logs (Access Log Service v3), understood: HTTP and TCP entries of any Envoy, with what
/// Istio adds to them.
///
/// In: the bytes of each `StreamAccessLogsMessage` of one stream, in order. Out: for each entry an event or a
/// rejection. Always: entries are read one by one by an own lenient walk over the protobuf bytes, so that one
/// broken or hostile entry never costs another; what is unknown is skipped; nothing of a token but the claims
/// of the allow-list leaves this package.
///
/// The way of an entry: [io.meshtrail.protobuf.ProtoReader] walks bytes, `EntryReader` notes what they say
/// in `EntryFacts` (places in the bytes, no copies), [io.meshtrail.envoy.EnvoyVerdict] finds kind,
/// outcome and reason in what `Testimony` tells it, `EventDraft` writes the event. Start
/// at [AlsStreamDecoder].
@NullMarked
package io.meshtrail.source.envoy;

import org.jspecify.annotations.NullMarked;
