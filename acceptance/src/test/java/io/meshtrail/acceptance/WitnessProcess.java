package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// `meshtrail witness serve` as a child of the test.
final class WitnessProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("(?m)^witness (http://(\\S+))$");
    private static final Pattern KEY = Pattern.compile("(?m)^key (\\S+)$");

    private final Process process;
    private final Path output;
    private final Path errors;

    private WitnessProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /// Starts one and returns when it listens.
    ///
    /// @param listen `127.0.0.1:0`, or where an earlier one was
    static WitnessProcess start(Path state, String listen) throws IOException {
        WitnessProcess witness = launch(state, listen);
        Awaitility.await("meshtrail witness serve prints its address")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !witness.process.isAlive()
                        || LISTENS.matcher(Files.readString(witness.output)).find());
        assertThat(witness.process.isAlive()).as("%s", witness.errors()).isTrue();
        return witness;
    }

    /// Starts one and waits for nothing.
    static WitnessProcess launch(Path state, String listen) throws IOException {
        Path output = Files.createTempFile(state.toAbsolutePath().getParent(), "witness", ".out");
        Path errors = Files.createTempFile(state.toAbsolutePath().getParent(), "witness", ".err");
        List<String> command = Packaged.command(
                "witness", "serve", "--state", state.toString(), "--listen", listen, "--name", "witness.example/w1");
        return new WitnessProcess(
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start(),
                output,
                errors);
    }

    String url() throws IOException {
        return found(LISTENS).group(1);
    }

    /// `HOST:PORT`
    String address() throws IOException {
        return found(LISTENS).group(2);
    }

    String key() throws IOException {
        return found(KEY).group(1);
    }

    private Matcher found(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(output));
        assertThat(matcher.find()).as("%s", pattern).isTrue();
        return matcher;
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /// The exit code, once it has ended by itself.
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /// SIGTERM, and the exit code.
    int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
