package io.meshtrail.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.demo.cast.Case;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
    @Test
    void withoutOptionsAllCasesRunUntilStopped() {
        CommandLine options = parse();
        assertThat(options.cases()).hasSize(Case.values().length);
        assertThat(options.rate()).isEqualTo(200);
        assertThat(options.policyInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.duration()).isEmpty();
    }

    @Test
    void everyOptionIsRead() {
        CommandLine options = parse(
                "--seconds",
                "2.5",
                "--cases",
                "browse,unknown-ca",
                "--ingest",
                "127.0.0.1:9",
                "--recorded",
                "--tally",
                "t");
        assertThat(options.duration()).contains(Duration.ofMillis(2500));
        assertThat(options.cases()).containsExactlyInAnyOrder(Case.BROWSE, Case.UNKNOWN_CA);
        assertThat(options.ingest())
                .hasValueSatisfying(address -> assertThat(address.getPort()).isEqualTo(9));
        assertThat(options.recorded()).isTrue();
        assertThat(options.recording()).isEmpty();
        assertThat(options.tally()).contains(Path.of("t"));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> parse("--speed", "3")).hasMessageContaining("--speed");
        assertThatThrownBy(() -> parse("--rate")).hasMessageContaining("--rate needs a value");
        assertThatThrownBy(() -> parse("--rate", "fast")).hasMessageContaining("--rate needs a number");
        assertThatThrownBy(() -> parse("--cases", "brows"))
                .hasMessageContaining("brows")
                .hasMessageContaining("browse");
        assertThatThrownBy(() -> parse("--ingest", "4317")).hasMessageContaining("4317");
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(arguments);
    }
}
