package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/guide/anchors.md`: a repository and a receiver get the checkpoints of `root`, a third place is
/// out of reach, and nobody minds but itself.
final class AnchorsTest {
    @TempDir
    private Path folder;

    private final Queue<String> posted = new ConcurrentLinkedQueue<>();

    @Test
    void checkpoints_lie_outside_and_are_on_record() throws Exception {
        Path repository = folder.resolve("evidence.git");
        git(folder, "init", "--quiet", "--bare", repository.toString());
        HttpServer receiver = receiver();
        try {
            Path config = folder.resolve("meshtrail.yaml");
            Path secret = Files.writeString(folder.resolve("secret"), "sixteen bytes or more\n");
            Files.writeString(
                    config, """
                    anchors:
                      - {name: evidence, kind: git, repository: "%s"}
                      - {name: board, kind: webhook, url: "http://127.0.0.1:%d/hooks/T0K3N", secret-file: "%s"}
                      - {name: gone, kind: webhook, url: "http://127.0.0.1:1/"}
                    """.formatted(repository, receiver.getAddress().getPort(), secret));
            ServerProcess.Plan plan = ServerProcess.Plan.in(folder.resolve("data"))
                    .option("--config", config.toString(), "--origin", "log.test");
            String note;
            try (ServerProcess server = plan.start()) {
                Awaitility.await("two anchors have a checkpoint, the third is in trouble")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> anchor(server, "evidence").path("size").asLong() > 0
                                && anchor(server, "board").path("size").asLong() > 0
                                && anchor(server, "gone").has("trouble"));
                assertThat(server.api().get("/readyz").statusCode()).isEqualTo(200);
                assertThat(server.api().get("/metrics").body())
                        .contains("meshtrail_anchor_size{anchor=\"evidence\",kind=\"git\"}")
                        .contains("meshtrail_anchor_age_seconds{anchor=\"board\",kind=\"webhook\"}")
                        .contains("meshtrail_anchor_failures_total{anchor=\"gone\",kind=\"webhook\"}");
                note = git(repository, "show", "main:log.test-root.checkpoints");
                List<String> lines = note.lines().toList();
                assertThat(lines.getFirst()).isEqualTo("log.test/root");
                assertThat(lines.get(1))
                        .isEqualTo(anchor(server, "evidence").path("size").asString());
                assertThat(lines.get(2))
                        .isEqualTo(anchor(server, "evidence").path("root").asString());
                assertThat(server.stop()).as("%s", server.errors()).isZero();
                assertThat(server.errors()).doesNotContain("T0K3N").doesNotContain("sixteen bytes");
            }
            JsonNode body = JsonMapper.shared().readTree(posted.remove());
            assertThat(body.path("checkpoint").asString())
                    .startsWith("log.test/root\n" + body.path("size").asLong() + "\n");
            String data = folder.resolve("data").toString();
            Cli verified = Cli.run("verify", "--data", data);
            assertThat(verified.exit()).as("%s", verified).isZero();
            Cli listed = Cli.run("anchors", "list", "--data", data);
            assertThat(listed.output())
                    .containsPattern("evidence +git +" + note.lines().toList().get(1))
                    .contains("board")
                    .doesNotContain("T0K3N");
            assertThat(Cli.run("anchors", "verify", "--data", data).exit()).isZero();
        } finally {
            receiver.stop(0);
        }
    }

    private static JsonNode anchor(ServerProcess server, String name) {
        for (JsonNode anchor : server.api().json("/api/ledgers").path("anchors")) {
            if (anchor.path("name").asString().equals(name)) {
                return anchor;
            }
        }
        throw new AssertionError("there is no anchor " + name);
    }

    private HttpServer receiver() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    private static String git(Path in, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Cli run = Cli.command(in, command);
        assertThat(run.exit()).as("%s", run).isZero();
        return run.output();
    }
}
