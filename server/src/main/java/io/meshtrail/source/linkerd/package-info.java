/// What Linkerd's proxy prints: its access log and its diagnostic log, which holds the denials.
///
/// In: lines of both, as text or JSON, mixed as a container's log file has them. Out: one event for each
/// request, denial, audited allowance, failed handshake and certificate. Always: a denial that Linkerd
/// tells in two lines stays two events; a line that knows only an uptime says so; diagnostics are ignored.
/// Start at [LinkerdProxyDecoder] and [LinkerdAccessDecoder]; what a line of the diagnostic log means is
/// decided by [Outline].
@NullMarked
package io.meshtrail.source.linkerd;

import org.jspecify.annotations.NullMarked;
