package io.meshtrail.counter;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a counter that matters counts.
public enum Counted {
    /// Entries that an Envoy put into the buffer of its gRPC access loggers.
    ALS_WRITTEN,
    /// Entries that these dropped, since the buffer was full.
    ALS_DROPPED,
    /// The same of OpenTelemetry access loggers.
    OTEL_WRITTEN,
    OTEL_DROPPED,
    /// Requests and connections that a policy denied.
    DENIED,
    ALLOWED,
    /// What a dry run would have decided.
    SHADOW_DENIED,
    SHADOW_ALLOWED,
    /// TLS handshakes with callers that failed.
    HANDSHAKE_FAILED,
    /// TLS handshakes with upstreams that failed.
    UPSTREAM_HANDSHAKE_FAILED,
    /// Requests that Istio's proxy reports, on the server's and on the client's side.
    REQUESTS_SERVED,
    REQUESTS_SENT,
    /// Seconds since the proxy started.
    UPTIME,
    /// When it started, seconds since 1970.
    START;

    /// Whether it grows from 0 on, and not a value of the moment.
    public boolean isCounter() {
        return this != UPTIME && this != START;
    }

    /// What a metric counts; empty if it is none of these.
    ///
    /// @param name as Envoy, Prometheus or OpenTelemetry writes it: `http.inbound.rbac.denied`,
    ///     `envoy_http_rbac_denied`, `istio_requests_total`
    public static Optional<Counted> of(String name, Map<String, String> labels) {
        String plain = plain(name);
        if (plain.equals("istio_requests")) {
            return Optional.of(labels.getOrDefault("reporter", "").equals("source") ? REQUESTS_SENT : REQUESTS_SERVED);
        }
        if (plain.equals("istio_tcp_connections_failed")) {
            boolean denied = labels.getOrDefault("response_flags", "").equals("DENY");
            return denied && !labels.getOrDefault("reporter", "").equals("source")
                    ? Optional.of(DENIED)
                    : Optional.empty();
        }
        return Optional.ofNullable(plainly(plain));
    }

    /// Whether a metric of that name can matter: asked before its labels are read.
    public static boolean mayMatter(String name) {
        return name.startsWith("istio_") || plainly(plain(name)) != null;
    }

    private static @Nullable Counted plainly(String plain) {
        return switch (plain) {
            case "server_uptime" -> UPTIME;
            case "process_start_time_seconds" -> START;
            case "inbound_http_authz_deny", "inbound_tcp_authz_deny" -> DENIED;
            case "inbound_http_authz_allow", "inbound_tcp_authz_allow" -> ALLOWED;
            default -> ofEnvoy(plain);
        };
    }

    private static @Nullable Counted ofEnvoy(String plain) {
        if (plain.startsWith("access_logs_")) {
            boolean otel = plain.contains("open_telemetry_access_log");
            if (!otel && !plain.contains("grpc_access_log")) {
                return null;
            }
            return plain.endsWith("_logs_written")
                    ? otel ? OTEL_WRITTEN : ALS_WRITTEN
                    : plain.endsWith("_logs_dropped") ? otel ? OTEL_DROPPED : ALS_DROPPED : null;
        }
        if (plain.contains("rbac_")) {
            return ofRbac(plain);
        }
        boolean failed = plain.endsWith("_ssl_connection_error") || plain.contains("_ssl_fail_verify_");
        if (!failed) {
            return null;
        }
        return plain.startsWith("listener_")
                ? HANDSHAKE_FAILED
                : plain.startsWith("cluster_") ? UPSTREAM_HANDSHAKE_FAILED : null;
    }

    /// The counters of the filter, not those of each of its policies.
    private static @Nullable Counted ofRbac(String plain) {
        if (plain.contains("rbac_policy_")) {
            return null;
        }
        if (plain.endsWith("shadow_denied")) {
            return SHADOW_DENIED;
        }
        if (plain.endsWith("shadow_allowed")) {
            return SHADOW_ALLOWED;
        }
        return plain.endsWith("rbac_denied") ? DENIED : plain.endsWith("rbac_allowed") ? ALLOWED : null;
    }

    /// One spelling for all: lower case, `_` between words, without `envoy_` and `_total`.
    private static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        plain = plain.startsWith("envoy_") ? plain.substring(6) : plain;
        return plain.endsWith("_total") ? plain.substring(0, plain.length() - 6) : plain;
    }
}
