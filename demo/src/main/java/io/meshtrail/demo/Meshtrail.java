package io.meshtrail.demo;

import io.meshtrail.demo.child.Leash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Meshtrail itself, started beside the mesh by its own script, and ended with it.
final class Meshtrail implements AutoCloseable {
    private static final Pattern WEB = Pattern.compile("^web\\s+(http\\S+)");
    private static final Pattern INGEST = Pattern.compile("^ingest\\s+(?:\\w+://)?(\\S+):(\\d+)");

    /// A server writes out what it holds before it ends.
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Leash leash;
    private final String web;
    private final InetSocketAddress ingest;

    private Meshtrail(Leash leash, String web, InetSocketAddress ingest) {
        this.leash = leash;
        this.web = web;
        this.ingest = ingest;
    }

    /// Starts `meshtrail serve` and returns when it is ready.
    ///
    /// @param more options for `serve`
    /// @param policy the witnesses to ask
    /// @throws IOException when it ends before it is ready
    static Meshtrail start(Path script, Path data, List<String> more, Path policy)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                "env", "MESHTRAIL_WITNESS_POLICY=" + policy, script.toString(), "serve", "--data", data.toString()));
        command.addAll(more);
        Leash leash = Leash.start(command, ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.INHERIT, GRACE);
        try {
            BufferedReader output = new BufferedReader(new InputStreamReader(leash.output(), StandardCharsets.UTF_8));
            String web = "";
            InetSocketAddress ingest = null;
            while (web.isEmpty() || ingest == null) {
                String line = output.readLine();
                if (line == null) {
                    throw new IOException("Meshtrail ended before it was ready: " + String.join(" ", command));
                }
                Matcher webLine = WEB.matcher(line);
                Matcher ingestLine = INGEST.matcher(line);
                if (webLine.find()) {
                    web = webLine.group(1);
                } else if (ingestLine.find()) {
                    ingest = InetSocketAddress.createUnresolved(
                            ingestLine.group(1), Integer.parseInt(ingestLine.group(2)));
                } else {
                    System.err.println(line);
                }
            }
            Thread.ofVirtual()
                    .name("meshtrail-output")
                    .start(() -> output.lines().forEach(System.err::println));
            Meshtrail meshtrail = new Meshtrail(leash, web, ingest);
            meshtrail.awaitReady();
            return meshtrail;
        } catch (IOException | InterruptedException | RuntimeException e) {
            leash.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(web + "/readyz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            while (leash.isAlive()) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet.
                }
                Thread.sleep(100);
            }
        }
        throw new IOException("Meshtrail ended before " + web + "/readyz said that it is ready");
    }

    /// The page's address.
    String web() {
        return web;
    }

    InetSocketAddress ingest() {
        return ingest;
    }

    boolean isAlive() {
        return leash.isAlive();
    }

    @Override
    public void close() {
        leash.close();
    }
}
