package io.meshtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The configurations in `deploy/` are what they say.
final class DeployTest {
    private static final Path DEPLOY = Path.of("..", "deploy");

    @Test
    void theCollectorSendsLogsOfProxiesToUs() throws IOException {
        JsonNode root = read("otel-collector/collector.yaml");
        assertThat(root.at("/service/pipelines/logs/exporters/0").asString()).isEqualTo("otlp");
        assertThat(root.at("/exporters/otlp/endpoint").asString()).endsWith(":4317");
        assertThat(root.at("/receivers/filelog/include").size()).isEqualTo(5);
        for (JsonNode name : root.at("/service/pipelines/logs/processors")) {
            assertThat(root.at("/processors").has(name.asString()))
                    .as(name.asString())
                    .isTrue();
        }
    }

    @Test
    void fluentBitSendsLogsOfProxiesToUs() throws IOException {
        JsonNode root = read("fluent-bit/fluent-bit.yaml");
        JsonNode output = root.at("/pipeline/outputs/0");
        assertThat(output.get("name").asString()).isEqualTo("opentelemetry");
        assertThat(output.get("logs_uri").asString()).startsWith("/v1/logs");
        assertThat(root.at("/pipeline/filters/0/merge_log").asString()).isIn("off", "false");
    }

    private static JsonNode read(String file) throws IOException {
        return new YAMLMapper().readTree(Files.readString(DEPLOY.resolve(file)));
    }
}
