package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// `meshtrail serve` as a child of the test, on free ports. It does not outlive the test's JVM.
final class ServerProcess implements AutoCloseable {
    private static final Pattern INGEST = Pattern.compile("(?m)^ingest (\\S+):(\\d+)$");
    private static final Pattern WEB = Pattern.compile("(?m)^web (http://\\S+)$");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;
    private final Path errors;
    private final Thread hook;

    private ServerProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// How to start one.
    ///
    /// @param data the data folder; what the server prints goes into files beside it
    /// @param environment variables in addition to ours
    /// @param prefix what to run the command by, such as a shell that sets limits; empty for nothing
    /// @param more further options
    record Plan(Path data, Map<String, String> environment, List<String> prefix, List<String> more) {
        static Plan in(Path data) {
            return new Plan(data, Map.of(), List.of(), List.of());
        }

        Plan with(String variable, String value) {
            Map<String, String> all = new HashMap<>(environment);
            all.put(variable, value);
            return new Plan(data, all, prefix, more);
        }

        Plan by(String... words) {
            return new Plan(data, environment, List.of(words), more);
        }

        Plan option(String... words) {
            List<String> all = new ArrayList<>(more);
            all.addAll(List.of(words));
            return new Plan(data, environment, prefix, all);
        }

        /// Starts it and returns when it is ready.
        ServerProcess start() throws IOException {
            ServerProcess server = launch();
            try {
                server.awaitReady();
                return server;
            } catch (RuntimeException | AssertionError failed) {
                server.close();
                throw failed;
            }
        }

        /// Starts it and waits for nothing.
        ServerProcess launch() throws IOException {
            List<String> command = new ArrayList<>(prefix);
            command.addAll(Packaged.command("serve", "--data", data.toString()));
            if (!more.contains("--web")) {
                command.addAll(List.of("--web", "127.0.0.1:0"));
            }
            if (!more.contains("--ingest")) {
                command.addAll(List.of("--ingest", "127.0.0.1:0"));
            }
            command.addAll(more);
            Path logs = Files.createDirectories(data.resolveSibling(data.getFileName() + ".log"));
            Path output = Files.createTempFile(logs, "serve", ".out");
            Path errors = Files.createTempFile(logs, "serve", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new ServerProcess(builder.start(), output, errors);
        }
    }

    private void awaitReady() {
        Awaitility.await("meshtrail serve prints its addresses\n")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || WEB.matcher(output()).find());
        assertThat(process.isAlive())
                .as("the server runs; it said: %s", errors())
                .isTrue();
        Api api = api();
        Awaitility.await("/readyz answers 200")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> api.get("/readyz").statusCode() == 200);
    }

    /// A client of both listeners.
    Api api() {
        return new Api(web(), URI.create("http://" + ingest().getHostString() + ":" + ingest().getPort()));
    }

    /// Where the web listener is.
    URI web() {
        return URI.create(found(WEB).group(1));
    }

    /// Where the ingest listener is.
    InetSocketAddress ingest() {
        Matcher line = found(INGEST);
        return new InetSocketAddress(line.group(1), Integer.parseInt(line.group(2)));
    }

    private Matcher found(Pattern pattern) {
        Matcher matcher = pattern.matcher(output());
        assertThat(matcher.find()).as("%s in: %s", pattern, output()).isTrue();
        return matcher;
    }

    /// What it printed so far.
    String output() {
        return read(output);
    }

    /// What it logged so far.
    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "(" + gone + ")";
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL: nothing of it runs any more afterwards.
    void kill9() {
        process.destroyForcibly();
        awaitExit();
    }

    /// SIGTERM, and the exit code.
    int stop() {
        process.destroy();
        return awaitExit();
    }

    /// The exit code, once it has ended by itself.
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the server is still there after " + PATIENCE + "; it said: " + errors());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
