/// The log of ztunnel, the node proxy of Istio's ambient mode.
///
/// In: lines of text or JSON, of which the scope `access` tells of connections. Out: one event for each
/// connection that ended or was refused, for each handshake that failed, and for each connection that a
/// dry run would have denied. Always: what a peer sends is quoted by ztunnel, so lines that break its
/// quoting are rejected; diagnostics are ignored.
/// Start at [ZtunnelDecoder]; what a line means is decided by [Outline].
@NullMarked
package io.meshtrail.source.ztunnel;

import org.jspecify.annotations.NullMarked;
