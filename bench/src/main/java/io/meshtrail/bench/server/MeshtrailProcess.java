package io.meshtrail.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `bin/meshtrail serve` as a process of its own, on free ports.
public final class MeshtrailProcess implements AutoCloseable {
    private static final String WEB = "web ";
    private static final String INGEST = "ingest ";
    private static final long GRACE_SECONDS = 120;

    private final Process process;
    private final URI web;
    private final String ingest;

    private MeshtrailProcess(Process process, URI web, String ingest) {
        this.process = process;
        this.web = web;
        this.ingest = ingest;
    }

    /// Starts a server and returns once it listens.
    ///
    /// @param settings environment variables, `MESHTRAIL_…`
    public static MeshtrailProcess start(Path script, Path data, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        script.toString(),
                        "serve",
                        "--data",
                        data.toString(),
                        "--web",
                        "127.0.0.1:0",
                        "--ingest",
                        "127.0.0.1:0"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(settings);
        Process process = builder.start();
        try {
            return listening(process);
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static MeshtrailProcess listening(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String ingest = "";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(INGEST)) {
                ingest = line.substring(INGEST.length());
            } else if (line.startsWith(WEB)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(System.err::println));
                return new MeshtrailProcess(process, URI.create(line.substring(WEB.length())), ingest);
            } else {
                System.err.println(line);
            }
        }
        throw new IOException("the server ended before it listened");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Where page and API are.
    public URI web() {
        return web;
    }

    /// `host:port` of the receivers.
    public String ingest() {
        return ingest;
    }

    /// Stops the server in good order.
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the server did not stop within " + GRACE_SECONDS + " s");
            }
        } catch (InterruptedException impatient) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
