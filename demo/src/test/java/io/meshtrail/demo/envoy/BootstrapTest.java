package io.meshtrail.demo.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.identity.DemoCa;
import io.meshtrail.demo.identity.TokenIssuer;
import io.meshtrail.demo.policy.PolicyBook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BootstrapTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Bootstrap bootstrap;

    BootstrapTest(@TempDir Path folder) throws IOException {
        bootstrap = new Bootstrap(
                new Subnet("127.0.7"),
                DemoCa.open(folder.resolve("certificates"), Instant.now()),
                TokenIssuer.open(folder.resolve("certificates")),
                new PolicyBook(folder.resolve("policies")),
                InetSocketAddress.createUnresolved("127.0.0.1", 4317));
    }

    @Test
    void aProxyNamesItselfAsIstioDoes() {
        JsonNode node = of(Workload.PAYMENTS).get("node");
        assertThat(node.get("id").asString())
                .isEqualTo("sidecar~127.0.7.13~payments-5d8f7c6b9-x2x4k.shop~shop.svc.cluster.local");
        assertThat(node.at("/metadata/CLUSTER_ID").asString()).isEqualTo("west");
        assertThat(node.at("/metadata/WORKLOAD_NAME").asString()).isEqualTo("payments");
        assertThat(node.at("/metadata/SERVICE_ACCOUNT").asString()).isEqualTo("payments");
        assertThat(of(Workload.EDGE).at("/node/id").asString()).startsWith("router~");
    }

    @Test
    void everyListenerShowsItsFailedHandshakes() {
        for (Workload workload : Workload.values()) {
            for (JsonNode listener : of(workload).at("/static_resources/listeners")) {
                assertThat(listener.at("/access_log/0/typed_config/common_config/log_name")
                                .asString())
                        .isEqualTo("meshtrail_listener");
            }
        }
    }

    @Test
    void callsAreLoggedByTwoLoggersWithFastFlushesAndBuffersOfTheirOwn() {
        int seen = 0;
        for (Workload workload : Workload.values()) {
            for (JsonNode last : lastFilters(of(workload))) {
                JsonNode logs = last.at("/typed_config/access_log");
                List<String> names = new ArrayList<>();
                for (JsonNode log : logs) {
                    JsonNode common = log.at("/typed_config/common_config");
                    names.add(common.get("log_name").asString());
                    assertThat(common.get("buffer_flush_interval").asString()).isEqualTo("0.1s");
                    assertThat(common.get("buffer_size_bytes").asInt()).isGreaterThan(16_384);
                    assertThat(log.has("filter")).isTrue();
                }
                assertThat(names).containsExactly("meshtrail_denied", "meshtrail_rest");
                seen++;
            }
        }
        assertThat(seen).isEqualTo(8);
    }

    @Test
    void denyingComesBeforeAllowing() {
        JsonNode filters = of(Workload.ORDERS)
                .at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config/http_filters");
        assertThat(filters.at("/0/name").asString()).isEqualTo("envoy.filters.http.rbac.deny");
        assertThat(filters.at("/1/name").asString()).isEqualTo("envoy.filters.http.rbac.allow");
        assertThat(filters.at("/0/config_discovery/config_source/path_config_source/path")
                        .asString())
                .endsWith("policies/orders/deny.json");
        assertThat(filters.at("/2/name").asString()).isEqualTo("envoy.filters.http.router");
    }

    @Test
    void theGatewayChecksTokensAndHasNoAllowFilterThatWouldRefuseAll() {
        JsonNode filters = of(Workload.EDGE)
                .at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config/http_filters");
        assertThat(filters.at("/0/name").asString()).isEqualTo("envoy.filters.http.jwt_authn");
        assertThat(filters.at("/1/name").asString()).isEqualTo("envoy.filters.http.rbac.deny");
        assertThat(filters.at("/2/name").asString()).isEqualTo("envoy.filters.http.router");
    }

    @Test
    void sidecarsTakeNothingWithoutACertificateOfOurTrustDomain() {
        for (Workload workload : List.of(Workload.WEB, Workload.ORDERS, Workload.PAYMENTS, Workload.LEDGERDB)) {
            JsonNode tls =
                    of(workload).at("/static_resources/listeners/0/filter_chains/0/transport_socket/typed_config");
            assertThat(tls.get("require_client_certificate").asBoolean()).isTrue();
            assertThat(tls.at("/common_tls_context/validation_context/match_typed_subject_alt_names/0/matcher/prefix")
                            .asString())
                    .isEqualTo("spiffe://cluster.local/");
        }
    }

    @Test
    void theDatabaseIsGuardedByNetworkPolicies() {
        JsonNode filters = of(Workload.LEDGERDB).at("/static_resources/listeners/0/filter_chains/0/filters");
        assertThat(filters.at("/0/typed_config/rules/action").asString()).isEqualTo("DENY");
        assertThat(filters.at("/1/typed_config/rules/action").asString()).isEqualTo("ALLOW");
        assertThat(filters.at("/1/typed_config/rules/policies").propertyNames())
                .containsExactly("ns[shop]-policy[ledgerdb-writers]-rule[0]");
    }

    private JsonNode of(Workload workload) {
        return JSON.valueToTree(bootstrap.of(workload));
    }

    private static List<JsonNode> lastFilters(JsonNode config) {
        List<JsonNode> last = new ArrayList<>();
        for (JsonNode listener : config.at("/static_resources/listeners")) {
            JsonNode filters = listener.at("/filter_chains/0/filters");
            last.add(filters.get(filters.size() - 1));
        }
        return last;
    }
}
