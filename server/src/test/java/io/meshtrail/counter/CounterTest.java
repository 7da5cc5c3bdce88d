package io.meshtrail.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names of metrics as Envoy, Prometheus, OpenTelemetry, Linkerd and Istio write them.
final class CounterTest {
    @ParameterizedTest
    @CsvSource({
        "access_logs.grpc_access_log.logs_written,ALS_WRITTEN",
        "envoy_access_logs_grpc_access_log_logs_dropped,ALS_DROPPED",
        "access_logs.open_telemetry_access_log.meshtrail.logs_written,OTEL_WRITTEN",
        "envoy_access_logs_open_telemetry_access_log_logs_dropped_total,OTEL_DROPPED",
        "http.inbound.rbac.denied,DENIED",
        "envoy_http_rbac_denied,DENIED",
        "tcp.rbac.allowed,ALLOWED",
        "envoy_http_rbac_istio_dry_run_deny_shadow_denied,SHADOW_DENIED",
        "http.rbac.shadow_allowed,SHADOW_ALLOWED",
        "listener.0.0.0.0_15006.ssl.connection_error,HANDSHAKE_FAILED",
        "envoy_listener_ssl_fail_verify_san,HANDSHAKE_FAILED",
        "cluster.orders.ssl.fail_verify_error,UPSTREAM_HANDSHAKE_FAILED",
        "inbound_http_authz_deny_total,DENIED",
        "inbound_tcp_authz_allow_total,ALLOWED",
        "istio_requests_total,REQUESTS_SERVED",
        "server.uptime,UPTIME",
        "process_start_time_seconds,START"
    })
    void whatMatters(String name, Counted what) {
        assertThat(Counted.of(name, Map.of())).contains(what);
        assertThat(Counted.mayMatter(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http.inbound.downstream_rq_total",
        "envoy_http_rbac_policy_x_denied",
        "listener.x.ssl.handshake",
        "access_logs.file.logs_written",
        "istio_request_bytes_sum",
        "rbac"
    })
    void whatDoesNot(String name) {
        assertThat(Counted.of(name, Map.of())).isEmpty();
    }

    @Test
    void labelsTellTheSideAndTheDenial() {
        assertThat(Counted.of("istio_requests_total", Map.of("reporter", "source")))
                .contains(Counted.REQUESTS_SENT);
        Map<String, String> denied = Map.of("response_flags", "DENY", "reporter", "destination");
        assertThat(Counted.of("istio_tcp_connections_failed_total", denied)).contains(Counted.DENIED);
        assertThat(Counted.of("istio_tcp_connections_failed_total", Map.of("response_flags", "CONNECT")))
                .isEqualTo(Optional.empty());
    }

    @Test
    void oneProxyHasOneNameHoweverItsCountersCame() {
        assertThat(ProxyName.of("sidecar~10.0.0.1~web-1.shop~shop.svc.cluster.local"))
                .isEqualTo("web-1.shop");
        assertThat(ProxyName.of(Map.of("pod", "web-1", "namespace", "shop", "instance", "10.0.0.1:15020")))
                .isEqualTo("web-1.shop");
        assertThat(ProxyName.of(Map.of("k8s.pod.name", "web-1", "k8s.namespace.name", "shop")))
                .isEqualTo("web-1.shop");
        assertThat(ProxyName.of(Map.of("node_id", "edge", "instance", "10.0.0.1:9901")))
                .isEqualTo("edge");
        assertThat(ProxyName.of(Map.of("instance", "10.0.0.1:9901"))).isEqualTo("10.0.0.1:9901");
        assertThat(ProxyName.of(Map.<String, String>of())).isEmpty();
    }
}
