package io.meshtrail.demo.envoy;

import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.child.Leash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One Envoy and its own pages.
final class EnvoyProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(2);

    /// Counters of what was written, dropped and decided.
    private static final String COUNTERS =
            "/stats?filter=^access_logs|rbac\\.|jwt_authn\\.|ssl\\.(handshake|connection_error"
                    + "|fail_)|downstream_rq_completed|no_filter_chain_match";

    private final Workload workload;
    private final URI admin;
    private final Path log;
    private final Leash leash;
    private final HttpClient client;

    private EnvoyProcess(Workload workload, URI admin, Path log, Leash leash, HttpClient client) {
        this.workload = workload;
        this.admin = admin;
        this.log = log;
        this.leash = leash;
        this.client = client;
    }

    /// Starts Envoy; [#awaitReady] tells when it listens.
    ///
    /// @param config the bootstrap file
    /// @throws IOException when the program cannot be started
    static EnvoyProcess start(
            Path envoy, Workload workload, String adminAddress, Path config, Path log, HttpClient client)
            throws IOException {
        List<String> command = List.of(
                envoy.toString(),
                "-c",
                config.toString(),
                "--concurrency",
                "1",
                "--disable-hot-restart",
                "-l",
                "error");
        ProcessBuilder.Redirect file = ProcessBuilder.Redirect.to(log.toFile());
        Leash leash = Leash.start(command, file, ProcessBuilder.Redirect.appendTo(log.toFile()), GRACE);
        URI admin = URI.create("http://" + adminAddress + ":" + Workload.ADMIN);
        return new EnvoyProcess(workload, admin, log, leash, client);
    }

    Workload workload() {
        return workload;
    }

    List<Long> pids() {
        return leash.pids();
    }

    boolean isAlive() {
        return leash.isAlive();
    }

    /// Waits until Envoy listens.
    ///
    /// @throws IOException with the last lines of its log, when it ends or takes longer
    void awaitReady(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (leash.isAlive() && System.nanoTime() < deadline) {
            try {
                if (get("/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(50);
        }
        String text = Files.exists(log) ? Files.readString(log) : "";
        throw new IOException("Envoy of " + workload.workloadName()
                + (leash.isAlive() ? " is not ready after " + patience.toSeconds() + " s" : " has ended") + "; its log "
                + log + " ends with:\n" + text.substring(Math.max(0, text.length() - 2000)));
    }

    /// @throws IOException when Envoy does not answer
    Map<String, Long> counters() throws IOException, InterruptedException {
        Map<String, Long> counters = new TreeMap<>();
        String path = COUNTERS.replace("^", "%5E").replace("|", "%7C").replace("\\", "%5C");
        for (String line : get(path).body().lines().toList()) {
            int colon = line.lastIndexOf(": ");
            String value = colon < 0 ? "" : line.substring(colon + 2).strip();
            if (value.matches("[1-9]\\d{0,17}|0")
                    && !line.startsWith("extension_config")
                    && !line.startsWith("http.admin.")) {
                counters.put(line.substring(0, colon), Long.parseLong(value));
            }
        }
        return counters;
    }

    @Override
    public void close() {
        leash.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(admin + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
