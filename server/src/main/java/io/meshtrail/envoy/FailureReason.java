package io.meshtrail.envoy;

import io.meshtrail.event.Reason;
import java.util.List;
import java.util.Optional;

/// Why a request or connection failed, by Envoy's flags and by its response code details.
final class FailureReason {
    /// Flags and their reason. The order decides where a response has several flags: what names the cause
    /// stands
    /// before what names only the effect (`UF,URX` is a connection that could not be made).
    record ByFlag(long flags, Reason reason) {}

    /// What the details start with, and the reason.
    private record ByDetails(String prefix, Reason reason) {}

    static final List<ByFlag> FLAGS = List.of(
            new ByFlag(ResponseFlags.DNS_FAILURE, Reason.DNS_FAILED),
            new ByFlag(ResponseFlags.NO_CLUSTER, Reason.NO_CLUSTER),
            new ByFlag(ResponseFlags.NO_ROUTE, Reason.NO_ROUTE),
            new ByFlag(ResponseFlags.UPSTREAM_CONNECTION_FAILURE, Reason.UPSTREAM_UNREACHABLE),
            new ByFlag(
                    ResponseFlags.LOCAL_HEALTH_CHECK | ResponseFlags.NO_HEALTHY_UPSTREAM, Reason.NO_HEALTHY_UPSTREAM),
            new ByFlag(ResponseFlags.UPSTREAM_OVERFLOW, Reason.UPSTREAM_OVERFLOW),
            new ByFlag(ResponseFlags.UPSTREAM_TIMEOUT, Reason.UPSTREAM_TIMEOUT),
            new ByFlag(ResponseFlags.UPSTREAM_PROTOCOL_ERROR, Reason.UPSTREAM_PROTOCOL_ERROR),
            new ByFlag(
                    ResponseFlags.UPSTREAM_TERMINATION
                            | ResponseFlags.UPSTREAM_REMOTE_RESET
                            | ResponseFlags.LOCAL_RESET,
                    Reason.UPSTREAM_RESET),
            new ByFlag(ResponseFlags.RETRIES_EXHAUSTED, Reason.UPSTREAM_RETRIES_EXHAUSTED),
            new ByFlag(
                    ResponseFlags.DOWNSTREAM_PROTOCOL_ERROR | ResponseFlags.INVALID_ENVOY_HEADERS, Reason.BAD_REQUEST),
            new ByFlag(
                    ResponseFlags.IDLE_TIMEOUT | ResponseFlags.DURATION_TIMEOUT | ResponseFlags.MAX_STREAM_DURATION,
                    Reason.TIMEOUT),
            new ByFlag(
                    ResponseFlags.OVERLOAD_MANAGER | ResponseFlags.DROP_OVERLOAD | ResponseFlags.UNCONDITIONAL_DROP,
                    Reason.OVERLOADED),
            new ByFlag(ResponseFlags.FAULT_INJECTED, Reason.FAULT_INJECTED),
            new ByFlag(ResponseFlags.NO_FILTER_CONFIG, Reason.CONFIGURATION_MISSING));

    private static final List<ByDetails> DETAILS = List.of(
            new ByDetails("route_not_found", Reason.NO_ROUTE),
            new ByDetails("cluster_not_found", Reason.NO_CLUSTER),
            new ByDetails("no_healthy_upstream", Reason.NO_HEALTHY_UPSTREAM),
            new ByDetails("dns_resolution_failure", Reason.DNS_FAILED),
            new ByDetails("upstream_response_timeout", Reason.UPSTREAM_TIMEOUT),
            new ByDetails("upstream_per_try_timeout", Reason.UPSTREAM_TIMEOUT),
            new ByDetails("response_timeout", Reason.UPSTREAM_TIMEOUT),
            new ByDetails("upstream_reset", Reason.UPSTREAM_RESET),
            new ByDetails("stream_idle_timeout", Reason.TIMEOUT),
            new ByDetails("duration_timeout", Reason.TIMEOUT),
            new ByDetails("max_duration_timeout", Reason.TIMEOUT),
            new ByDetails("request_overall_timeout", Reason.TIMEOUT),
            new ByDetails("request_header_timeout", Reason.TIMEOUT),
            new ByDetails("overload", Reason.OVERLOADED),
            new ByDetails("denied_by_admission_control", Reason.OVERLOADED),
            new ByDetails("fault_filter_abort", Reason.FAULT_INJECTED),
            new ByDetails("http1.", Reason.BAD_REQUEST),
            new ByDetails("http2.", Reason.BAD_REQUEST),
            new ByDetails("http3.", Reason.BAD_REQUEST),
            new ByDetails("missing_", Reason.BAD_REQUEST),
            new ByDetails("invalid_", Reason.BAD_REQUEST),
            new ByDetails("path_normalization_failed", Reason.BAD_REQUEST),
            new ByDetails("absolute_path_rejected", Reason.BAD_REQUEST),
            new ByDetails("request_headers", Reason.BAD_REQUEST),
            new ByDetails("request_payload_too_large", Reason.BAD_REQUEST),
            new ByDetails("low_version", Reason.BAD_REQUEST),
            new ByDetails("upgrade_failed", Reason.BAD_REQUEST),
            new ByDetails("downstream_", Reason.CLIENT_DISCONNECTED));

    private FailureReason() {}

    /// Empty if none of the flags is a failure by itself: a client that left, an injected delay, a cached
    /// response.
    static Optional<Reason> byFlags(long flags) {
        for (ByFlag row : FLAGS) {
            if ((flags & row.flags) != 0) {
                return Optional.of(row.reason);
            }
        }
        return Optional.empty();
    }

    /// Empty if the words are not known to be a failure's.
    static Optional<Reason> byDetails(String details) {
        for (ByDetails row : DETAILS) {
            if (details.startsWith(row.prefix)) {
                return Optional.of(row.reason);
            }
        }
        return Optional.empty();
    }
}
