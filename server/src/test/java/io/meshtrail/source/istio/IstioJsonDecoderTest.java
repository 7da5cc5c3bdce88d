package io.meshtrail.source.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Hints;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Start here: which line becomes which event. What the words of Envoy mean is in [JudgeTest].
final class IstioJsonDecoderTest {
    private static final long RECEIVED = 1_795_478_400_000_000_000L;

    private final IstioJsonDecoder decoder = new IstioJsonDecoder();

    @Test
    void numbersMayBeStringsAndADashIsNothing() {
        AuditEvent event =
                event("'response_code':'404','duration':'7','bytes_sent':'12','user_agent':'-','authority':null,"
                        + "'response_flags':'-','method':'GET','path':'/a?b=1'");
        assertThat(event.number(Field.HTTP_STATUS)).hasValue(404);
        assertThat(event.number(Field.DURATION)).hasValue(7_000_000);
        assertThat(event.number(Field.BYTES_OUT)).hasValue(12);
        assertThat(event.has(Field.USER_AGENT)).isFalse();
        assertThat(event.has(Field.HTTP_HOST)).isFalse();
        assertThat(event.has(Field.PROXY_FLAGS)).isFalse();
        assertThat(event.text(Field.HTTP_PATH)).contains("/a");
        assertThat(event.text(Field.HTTP_QUERY)).contains("b=1");
    }

    @ParameterizedTest
    @CsvSource({
        "inbound|9080||, server, ",
        "inbound-vip|8080|http|shop.default.svc.cluster.local;, waypoint, shop.default.svc.cluster.local",
        "outbound|80|v1|shop.default.svc.cluster.local, client, shop.default.svc.cluster.local",
        "PassthroughCluster, client, ",
        "BlackHoleCluster, client, ",
        "InboundPassthroughCluster, server, ",
        "something, , "
    })
    void theClusterTellsWhoWrites(String cluster, String side, String service) {
        AuditEvent event = event("'upstream_cluster':'" + cluster + "'");
        assertThat(event.text(Field.OBSERVER_SIDE)).isEqualTo(Optional.ofNullable(side));
        assertThat(event.text(Field.DESTINATION_SERVICE)).isEqualTo(Optional.ofNullable(service));
    }

    @Test
    void aPeerIsOnlyClaimed() {
        assertThat(event("'method':'GET'").text(Field.SOURCE_VERIFIED)).contains("none");
        AuditEvent event = event("'peer_san':'spiffe://td/ns/a/sa/b','upstream_san':'spiffe://td/ns/c/sa/d'");
        assertThat(event.text(Field.SOURCE_IDENTITY)).contains("spiffe://td/ns/a/sa/b");
        assertThat(event.text(Field.SOURCE_VERIFIED)).contains("claimed");
        assertThat(event.text(Field.DESTINATION_IDENTITY)).contains("spiffe://td/ns/c/sa/d");
        assertThat(event.text(Field.DESTINATION_VERIFIED)).contains("claimed");
    }

    @Test
    void hintsDescribeTheWorkloadThatWrites() {
        Hints hints = new Hints(
                Optional.of("eu-1"),
                Optional.of("shop"),
                Optional.of("web-1"),
                Optional.empty(),
                Optional.empty(),
                RECEIVED);
        byte[] inbound = "{\"upstream_cluster\":\"inbound|80||\"}".getBytes(StandardCharsets.UTF_8);
        AuditEvent event = ((Decoded.Event) decoder.decode(inbound, hints).getFirst()).event();
        assertThat(event.text(Field.DESTINATION_WORKLOAD)).contains("web-1");
        assertThat(event.text(Field.DESTINATION_NAMESPACE)).contains("shop");
        assertThat(event.text(Field.CLUSTER)).contains("eu-1");
        assertThat(event.text(Field.OBSERVER_NAME)).contains("web-1");
    }

    @Test
    void theFormOfABodyIsToldByItsContent() {
        String one = "{'response_code':200}";
        assertThat(kinds(one)).isEqualTo("E");
        assertThat(kinds(one + "\n\n" + one)).isEqualTo("EE");
        assertThat(kinds("[" + one + ",\n" + one + ",5]")).isEqualTo("EER");
        assertThat(kinds("{\n'response_code':200\n}")).isEqualTo("E");
        assertThat(kinds("2026-08-21T12:00:02.000000Z\tinfo\tready\n" + one)).isEqualTo("IE");
        assertThat(kinds("[2026-08-21 12:00:02.000][16][warning][config] x\n" + one))
                .isEqualTo("IE");
        assertThat(kinds("2026-08-21T12:00:02.000000000Z stdout F " + one)).isEqualTo("E");
        assertThat(kinds("{'a':1}\nfoo\n{'response_code':")).isEqualTo("RRR");
        assertThat(kinds("")).isEqualTo("R");
    }

    private String kinds(String body) {
        StringBuilder kinds = new StringBuilder();
        for (Decoded decoded : decode(body)) {
            kinds.append(decoded.getClass().getSimpleName().charAt(0));
        }
        return kinds.toString();
    }

    private AuditEvent event(String members) {
        return ((Decoded.Event) decode("{'start_time':'2026-08-21T12:00:01.547Z'," + members + "}")
                        .getFirst())
                .event();
    }

    private List<Decoded> decode(String body) {
        return decoder.decode(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Hints.none(RECEIVED));
    }
}
