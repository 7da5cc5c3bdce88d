package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk without room: intake stops loudly, search goes on, and when space returns everything is sound.
///
/// Where a small volume can be mounted (as root), it is really full. Elsewhere, as in a container without
/// that right, the kernel refuses the server's files to grow (RLIMIT_FSIZE), which it must survive in the
/// same way.
final class FullDiskTest {
    /// What a file may grow to where the kernel refuses more, in bytes: more than all that a start writes.
    private static final int LIMIT = 512 * 1024;

    @TempDir
    private Path folder;

    @Test
    void a_full_disk_stops_intake_loudly_and_space_that_returns_brings_it_back() throws IOException {
        Path volume = Files.createDirectories(folder.resolve("volume"));
        Cli mount =
                Cli.command(folder, List.of("mount", "-t", "tmpfs", "-o", "size=160m", "meshtrail", volume.toString()));
        if (mount.exit() == 0) {
            try {
                onVolume(volume);
            } finally {
                Cli.command(folder, List.of("umount", "--lazy", volume.toString()));
            }
        } else {
            System.out.println(
                    "No volume can be mounted (" + mount.errors().strip() + "); limiting file sizes instead");
            withLimitedFiles(volume);
        }
    }

    @Test
    void a_write_that_the_kernel_refuses_is_pushed_back_and_leaves_nothing_half_written() throws IOException {
        withLimitedFiles(Files.createDirectories(folder.resolve("limited")));
    }

    private static void onVolume(Path volume) throws IOException {
        Path data = volume.resolve("data");
        Path filler = volume.resolve("filler");
        try (ServerProcess server = ServerProcess.Plan.in(data).start()) {
            Api api = server.api();
            Filling.denials(api, "before-", 50);
            fill(filler);
            assertThat(filler.getFileSystem().provider().getFileStore(filler).getUsableSpace())
                    .as("free bytes")
                    .isZero();
            assertRefusedLoudly(api);
            Files.delete(filler);
            assertBackAgain(server);
        }
        assertSound(data);
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full.getMessage()).containsIgnoringCase("no space");
        }
    }

    private static void withLimitedFiles(Path volume) throws IOException {
        Path data = volume.resolve("data");
        try (ServerProcess server = ServerProcess.Plan.in(data).start()) {
            Api api = server.api();
            Filling.denials(api, "before-", 50);
            limitFiles(server, Integer.toString(LIMIT));
            String filling = IstioLines.body(IntStream.range(0, 2_000)
                    .mapToObj(i -> IstioLines.denied("filling-" + i))
                    .toList());
            assertThat(filling.length()).isGreaterThan(LIMIT);
            HttpResponse<String> refused = api.post(IstioLines.PATH, filling);
            assertThat(refused.statusCode()).as("%s", refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
            assertThat(api.count("request.id:before-*")).as("search goes on").isEqualTo(50);
            limitFiles(server, "unlimited");
            assertBackAgain(server);
            assertThat(server.errors()).doesNotContain("Meshtrail stops");
        }
        assertSound(data);
    }

    /// Sets how large the server's files may grow, in bytes; soft, so that it can be raised again.
    private static void limitFiles(ServerProcess server, String bytes) {
        Cli limit = Cli.command(
                Path.of("/"), List.of("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":"));
        assertThat(limit.exit()).as("%s", limit).isZero();
    }

    private static void assertRefusedLoudly(Api api) {
        Awaitility.await("ingest answers 503")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() ->
                        api.post(IstioLines.PATH, IstioLines.denied("full-1")).statusCode() == 503);
        HttpResponse<String> refused = api.post(IstioLines.PATH, IstioLines.denied("full-2"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(Api.JSON.readTree(refused.body()).path("detail").asString()).contains("full", "nothing was stored");
        HttpResponse<String> ready = api.get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(Api.JSON.readTree(ready.body()).path("reasons").toString()).contains("full");
        assertThat(api.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(api.count("request.id:before-*")).as("search goes on").isEqualTo(50);
        assertThat(api.count("request.id:full-2")).isZero();
    }

    private static void assertBackAgain(ServerProcess server) {
        Api api = server.api();
        Awaitility.await("ingest works again")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        api.post(IstioLines.PATH, IstioLines.denied("after-1")).statusCode() == 200);
        Awaitility.await("/readyz says so")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> api.get("/readyz").statusCode() == 200);
        api.awaitPublished();
        assertThat(api.count("request.id:after-1")).isEqualTo(1);
        assertThat(api.count("request.id:before-*")).isEqualTo(50);
        assertThat(server.stop()).as("%s", server.errors()).isZero();
    }

    private static void assertSound(Path data) {
        Cli verify = Cli.run("verify", "--data", data.toString());
        assertThat(verify.exit()).as("%s", verify).isZero();
    }
}
