package io.meshtrail.demo.cast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TallyTest {
    @Test
    void whatWasDoneIsWrittenAsJson(@TempDir Path folder) throws IOException {
        Tally tally = new Tally(Instant.EPOCH);
        tally.made(Case.BROWSE);
        tally.made(Case.BROWSE);
        tally.unexpected(Case.UNKNOWN_CA, "let in: 12 bytes came back");
        int change = tally.changed(new Tally.Change(
                Instant.EPOCH,
                "alice@corp.example",
                "update",
                "shop/orders-viewer",
                "east",
                "id",
                false,
                Optional.empty()));
        tally.told(change);
        tally.effective(change, Duration.ofMillis(7));
        tally.proxy("edge", Map.of("access_logs.grpc_access_log.logs_dropped", 3L));
        tally.proxy("web", Map.of("access_logs.grpc_access_log.logs_dropped", 4L));

        Path file = folder.resolve("tally.json");
        tally.write(file);

        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(file));
        assertThat(json.at("/cases/browse/made").asLong()).isEqualTo(2);
        assertThat(json.at("/cases/unknown-ca/unexpected").asLong()).isEqualTo(1);
        assertThat(json.at("/calls").asLong()).isEqualTo(3);
        assertThat(json.at("/policyChanges/0/told").asBoolean()).isTrue();
        assertThat(json.at("/policyChanges/0/effectiveAfterMillis").asLong()).isEqualTo(7);
        assertThat(json.at("/proxies/web/access_logs.grpc_access_log.logs_dropped")
                        .asLong())
                .isEqualTo(4);
        assertThat(tally.proxySum("access_logs.grpc_access_log.logs_dropped")).isEqualTo(7);
        assertThat(tally.surprises()).containsExactly("unknown-ca: let in: 12 bytes came back");
    }
}
