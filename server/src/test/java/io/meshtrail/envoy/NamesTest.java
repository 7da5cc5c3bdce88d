package io.meshtrail.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names that Envoy and Istio give to policies, clusters and flags.
final class NamesTest {
    private static final Path PAGE = Path.of("../docs/reference/reasons.md");

    @ParameterizedTest
    @CsvSource({
        "ns[shop]-policy[deny-admin]-rule[2], shop/deny-admin, AuthorizationPolicy, 2",
        "istio-ext-authz-opa-ns[shop]-policy[p]-rule[0]-deny-due-to-bad-CUSTOM-action, shop/p, AuthorizationPolicy, 0",
        "istio-ext-authz-ns[shop]-policy[p]-rule[0], shop/p, AuthorizationPolicy, 0",
        "deny-all, deny-all, '', ''",
        "deny-[all], deny-[all], '', ''",
        "xns[a]-policy[b]-rule[0], xns[a]-policy[b]-rule[0], '', ''",
        "ns[a]-policy[b]-rule[x], ns[a]-policy[b]-rule[x], '', ''",
        "ns[a]-policy[b]-rule[], ns[a]-policy[b]-rule[], '', ''",
    })
    void aPolicyIsNamedWithItsNamespaceAndRule(String id, String name, String kind, String rule) {
        assertThat(PolicyId.parse(id)).isEqualTo(new PolicyId(name, kind, rule));
    }

    @ParameterizedTest
    @CsvSource({
        "outbound|8080|v1|orders.shop.svc.cluster.local, CLIENT, orders.shop.svc.cluster.local, shop",
        "outbound|443||example.com, CLIENT, example.com, ''",
        "inbound|8080||, SERVER, '', ''",
        "inbound-vip|8080|http|orders.shop.svc.cluster.local;, WAYPOINT, orders.shop.svc.cluster.local, shop",
        "InboundPassthroughCluster, SERVER, '', ''",
        "InboundPassthroughClusterIpv4, SERVER, '', ''",
        "PassthroughCluster, CLIENT, '', ''",
        "BlackHoleCluster, CLIENT, '', ''",
        "local_app, UNKNOWN, '', ''",
    })
    void aClusterTellsTheSideAndTheService(String name, Side side, String host, String namespace) {
        assertThat(ClusterName.parse(name)).isEqualTo(new ClusterName(side, host, namespace));
    }

    @Test
    void flagsAreReadAsTheyArePrinted() {
        assertThat(ResponseFlags.names(ResponseFlags.parse("UF,URX"))).isEqualTo("UF,URX");
        assertThat(ResponseFlags.names(ResponseFlags.parse("DR, DO,UDO"))).isEqualTo("DR,DO,UDO");
        assertThat(ResponseFlags.parse("-")).isZero();
        assertThat(ResponseFlags.parse("")).isZero();
        assertThat(ResponseFlags.parse(",NEW,,UF")).isEqualTo(ResponseFlags.UPSTREAM_CONNECTION_FAILURE);
        assertThat(ResponseFlags.names(ResponseFlags.ofField(40))).isEqualTo("#40");
        assertThat(ResponseFlags.ofField(0) | ResponseFlags.ofField(61) | ResponseFlags.ofField(1_000_000))
                .isZero();
    }

    @Test
    void aSideIsNamedByItsWordOnly() {
        assertThat(Side.named("gateway")).isEqualTo(Side.GATEWAY);
        assertThat(Side.named("Gateway")).isEqualTo(Side.UNKNOWN);
        assertThat(Side.named("")).isEqualTo(Side.UNKNOWN);
        assertThat(Side.ofRoute("inbound|8080||")).isEqualTo(Side.SERVER);
        assertThat(Side.ofRoute("allow_any")).isEqualTo(Side.CLIENT);
        assertThat(Side.ofRoute("default")).isEqualTo(Side.UNKNOWN);
    }

    @Test
    void thePageListsTheFlagsInTheOrderInWhichTheyDecide() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| [A-Z, ]+ \\| `[a-z_]+` \\|"))
                .toList();
        List<String> expected = FailureReason.FLAGS.stream()
                .map(row -> "| " + ResponseFlags.names(row.flags()).replace(",", ", ") + " | `"
                        + row.reason().code() + "` |")
                .toList();
        assertThat(rows).isEqualTo(expected);
    }
}
