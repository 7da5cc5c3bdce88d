package io.meshtrail.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.app.Decoders;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.mask.Mask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the sender says fills what a line leaves open, on the side whose proxy wrote it.
final class HintsTest {
    private static final Hints HINTS = new Hints(
            Optional.of("eu-1"),
            Optional.of("shop"),
            Optional.of("web-1"),
            Optional.of("node-7"),
            Optional.of("other"),
            GoldenFolder.RECEIVED);

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            istio-json; {"upstream_cluster":"inbound|80||"}; destination
            istio-json; {"upstream_cluster":"outbound|80||a.b.svc.cluster.local"}; source
            consul-envoy; {"upstream_cluster":"local_app"}; destination
            kuma; {"start_time":"2026-08-21T12:00:01Z","direction":"OUTBOUND"}; source
            ztunnel; {"scope":"access","message":"connection complete","direction":"inbound"}; destination
            ztunnel; {"scope":"access","message":"connection complete","direction":"outbound"}; source
            linkerd-access; {"client.addr":"10.0.0.1:5","method":"GET","status":200}; destination
            linkerd-proxy; [ 1.5s] INFO linkerd_app_inbound::policy::tcp: Connection denied server.kind=server server.name=db client=10.0.0.1:5; destination
            """)
    void theyFillWhatALineLeavesOpen(String format, String line, String end) {
        AuditEvent event = event(format, line);
        assertThat(event.text(Field.CLUSTER)).contains("eu-1");
        assertThat(event.text(Field.MESH)).contains("other");
        assertThat(event.text(Field.OBSERVER_NAME)).contains("node-7");
        Field workload = Field.named(end + ".workload").orElseThrow();
        Field namespace = Field.named(end + ".namespace").orElseThrow();
        assertThat(event.text(workload)).contains("web-1");
        assertThat(event.text(namespace)).contains("shop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            consul-audit; {"payload":{"request":{"operation":"GET","endpoint":"/v1/kv/a"}}}
            hubble; {"flow":{"verdict":"FORWARDED"}}
            envoy-json; {"response_code":200}
            """)
    void clusterObserverAndMeshAreTheSendersOnesToo(String format, String line) {
        AuditEvent event = event(format, line);
        assertThat(event.text(Field.CLUSTER)).contains("eu-1");
        assertThat(event.text(Field.MESH)).contains("other");
        assertThat(event.text(Field.OBSERVER_NAME)).contains("node-7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            server.kind=server server.name=db; shop/db; deny
            server.kind=default server.name=cluster-authenticated; ; default_deny
            server=metrics-api; shop/metrics-api; deny
            server=default:deny; ; default_deny
            """)
    void theNamespaceOfALinkerdServerIsThatOfThePod(String server, String name, String action) {
        AuditEvent event = event(
                "linkerd-proxy",
                "[ 1.5s] INFO linkerd_app_inbound::policy::tcp: Connection denied " + server + " client=10.0.0.1:5");
        assertThat(event.text(Field.POLICY_NAME)).isEqualTo(Optional.ofNullable(name));
        assertThat(event.text(Field.POLICY_ACTION)).contains(action);
    }

    private static AuditEvent event(String format, String line) {
        return ((Decoded.Event) decode(format, line).getFirst()).event();
    }

    private static List<Decoded> decode(String format, String body) {
        Decoder decoder = Decoders.all(Mask.DEFAULT).stream()
                .filter(each -> each.format().equals(format))
                .findFirst()
                .orElseThrow();
        return decoder.decode(body.getBytes(StandardCharsets.UTF_8), HINTS);
    }

    @Test
    void aLineThatARuntimeCutIsOneRecord() {
        String line = """
                2026-08-21T12:00:01.000000001Z stdout P {"path":"/a\s
                2026-08-21T12:00:01.000000002Z stdout P b",
                2026-08-21T12:00:01.000000003Z stdout F "response_code":200}
                2026-08-21T12:00:01.000000004Z stderr P {"response_code":
                2026-08-21T12:00:01.000000005Z stdout F {"response_code":201}
                """;
        List<Decoded> decoded = decode("istio-json", line);
        assertThat(decoded).hasSize(3);
        AuditEvent event = ((Decoded.Event) decoded.getFirst()).event();
        assertThat(event.text(Field.HTTP_PATH)).contains("/a b");
        assertThat(event.number(Field.HTTP_STATUS)).hasValue(200);
        assertThat(decoded.get(1)).isInstanceOf(Decoded.Rejection.class);
        assertThat(decoded.get(2)).isInstanceOf(Decoded.Event.class);
    }
}
