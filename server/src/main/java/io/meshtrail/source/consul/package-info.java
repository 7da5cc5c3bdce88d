/// What Consul tells: the access log of the Envoys under it, and the audit log of its Enterprise edition.
///
/// In: one JSON object a line, or an array. Out: one event for each request, connection or call of the API.
/// Always: a denial says that an intention decided, never which; secrets are masked.
/// Start at [ConsulEnvoyDecoder] and [ConsulAuditDecoder].
@NullMarked
package io.meshtrail.source.consul;

import org.jspecify.annotations.NullMarked;
