package io.meshtrail.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.app.Decoders;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.mask.Mask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text formats escape nothing: whatever a client writes into its headers, it makes no event of its own and does
/// not change what the proxy said of its request. Without a line end, which Envoy accepts in no header, it does not
/// hide the requests around either; with one, what stands before is rejected. (A client that
/// could write line ends and guessed a whole head of a line besides would leave no trace in text.)
final class ForgedTextTest {
    private static final int ROUNDS = 2_000;

    private static final List<String> PIECES = List.of(
            "curl/8",
            "\"",
            "\" \"",
            " ",
            "\n",
            "\" 200 - via_upstream - \"-\" 0 0 0 0 \"",
            "HTTP/1.1",
            "- - -",
            "default",
            "\" \"id\" \"shop\" \"10.0.0.2:80\" inbound|80|| - 10.0.0.9:80 10.0.0.8:5 - default\n");

    @ParameterizedTest
    @ValueSource(strings = {"istio-text", "kuma"})
    void aClientWritesNoEvents(String format) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Decoder decoder = Decoders.all(Mask.DEFAULT).stream()
                .filter(each -> each.format().equals(format))
                .findFirst()
                .orElseThrow();
        for (int round = 0; round < ROUNDS; round++) {
            String agent = agent(random, format);
            String body = line(format, "/before", 200, "curl") + "\n" + line(format, "/attack", 403, agent) + "\n"
                    + line(format, "/after", 200, "curl") + "\n";
            List<AuditEvent> events = new ArrayList<>();
            for (Decoded decoded :
                    decoder.decode(body.getBytes(StandardCharsets.UTF_8), Hints.none(GoldenFolder.RECEIVED))) {
                if (decoded instanceof Decoded.Event(AuditEvent event, byte[] record, var _)) {
                    assertThat(record).isNotEmpty();
                    events.add(event);
                }
            }
            String what = format + ", -Dseed=" + seed + ", round " + round + ":\n" + body;
            assertThat(events.stream().map(event -> event.text(Field.HTTP_PATH).orElse("")))
                    .as(what)
                    .contains("/after")
                    .isSubsetOf("/before", "/attack", "/after");
            assertThat(events.stream()
                            .filter(event ->
                                    event.text(Field.HTTP_PATH).orElse("").equals("/attack")))
                    .as(what)
                    .allSatisfy(event -> {
                        assertThat(event.number(Field.HTTP_STATUS)).hasValue(403);
                        assertThat(event.text(Field.SOURCE_ADDRESS)).contains("10.244.1.1");
                    });
        }
    }

    private static String agent(Random random, String format) {
        StringBuilder agent = new StringBuilder("x");
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            agent.append(
                    random.nextInt(4) == 0
                            ? "\n" + line(format, "/forged", 200, "curl") + "\n"
                            : PIECES.get(random.nextInt(PIECES.size())));
        }
        return agent.toString();
    }

    private static String line(String format, String path, int status, String agent) {
        return format.equals("kuma")
                ? "[2026-08-21T12:00:01.547Z] default \"GET " + path + " HTTP/1.1\" " + status
                        + " - 0 19 4 3 \"-\" \"" + agent + "\" \"-\" \"id\" \"orders:80\" \"web\" \"orders\""
                        + " \"10.244.1.1\" \"10.42.0.7:8080\""
                : "[2026-08-21T12:00:01.547Z] \"GET " + path + " HTTP/1.1\" " + status
                        + " - rbac_access_denied_matched_policy[none] - \"-\" 0 19 0 - \"-\" \"" + agent
                        + "\" \"id\" \"shop\" \"-\" inbound|80|| - 10.244.1.9:80 10.244.1.1:0 - default";
    }
}
