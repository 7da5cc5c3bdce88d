package io.meshtrail.demo.envoy;

import io.meshtrail.demo.cast.Tally;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.child.Leftovers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// All proxies of the mesh, started and ended together.
public final class Proxies implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Leftovers leftovers;
    private final HttpClient client;
    private final List<EnvoyProcess> running = new ArrayList<>();

    private Proxies(Leftovers leftovers, HttpClient client) {
        this.leftovers = leftovers;
        this.client = client;
    }

    /// Takes the folder: no other demo runs in it, and nothing is left over from one.
    ///
    /// @throws IOException when another demo does
    public static Proxies in(Path work) throws IOException {
        return new Proxies(
                Leftovers.take(work),
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(2))
                        .build());
    }

    /// Starts one Envoy for each workload and waits until all listen.
    ///
    /// @throws IOException when one does not; those that do are ended by [#close()]
    public void start(Path envoy, Path work, Bootstrap bootstrap) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("envoy"));
        List<Long> pids = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            Path config = folder.resolve(workload.workloadName() + ".json");
            Files.writeString(config, JSON.writeValueAsString(bootstrap.of(workload)));
            EnvoyProcess process = EnvoyProcess.start(
                    envoy,
                    workload,
                    workload.address(bootstrap.subnet()),
                    config.toAbsolutePath(),
                    folder.resolve(workload.workloadName() + ".log"),
                    client);
            running.add(process);
        }
        for (EnvoyProcess process : running) {
            process.awaitReady(PATIENCE);
            pids.addAll(process.pids());
        }
        leftovers.note(pids);
    }

    /// Asks every proxy for its counters.
    public void count(Tally tally) throws InterruptedException {
        for (EnvoyProcess process : running) {
            try {
                Map<String, Long> counters = process.counters();
                tally.proxy(process.workload().workloadName(), counters);
            } catch (IOException e) {
                System.err.println(
                        "Envoy of " + process.workload().workloadName() + " tells no counters: " + e.getMessage());
            }
        }
    }

    /// The workloads whose Envoy has ended by itself.
    public List<Workload> dead() {
        return running.stream()
                .filter(process -> !process.isAlive())
                .map(EnvoyProcess::workload)
                .toList();
    }

    /// The ids of all processes that were started.
    public List<Long> pids() {
        return running.stream().flatMap(process -> process.pids().stream()).toList();
    }

    /// What `envoy --version` says.
    ///
    /// @throws IOException when the program does not run
    public static String version(Path envoy) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(envoy.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String text;
        try (java.io.InputStream output = process.getInputStream()) {
            text = new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(envoy + " --version failed: " + text.strip());
        }
        return text.strip().replaceFirst("^.*version: ", "");
    }

    @Override
    public void close() {
        running.parallelStream().forEach(EnvoyProcess::close);
        try {
            leftovers.close();
            client.close();
        } catch (IOException e) {
            System.err.println("the demo's folder: " + e);
        }
    }
}
