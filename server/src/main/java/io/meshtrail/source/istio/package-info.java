/// The JSON access log of Istio's proxies: sidecars, gateways and waypoints.
///
/// In: one JSON object a line, with whatever else the proxy printed in between, or an array. Out: one event for
/// each request or connection. Always: what is known of a peer is only claimed in this format; lines that are
/// no
/// access log are ignored, broken ones rejected.
/// Start at [IstioJsonDecoder]; what an access log line means is decided by
/// [io.meshtrail.envoy.EnvoyVerdict].
@NullMarked
package io.meshtrail.source.istio;

import org.jspecify.annotations.NullMarked;
