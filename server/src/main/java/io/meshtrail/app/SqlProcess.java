package io.meshtrail.app;

import io.meshtrail.engine.SandboxSettings;
import io.meshtrail.engine.duckdb.DuckDbSandbox;
import io.meshtrail.json.JsonException;
import io.meshtrail.sql.EventsView;
import io.meshtrail.sql.SqlWorker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The program of the process that runs people's own SQL. It ends when the server does, and when nobody has
/// asked for some minutes.
final class SqlProcess {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final long BUSY = Long.MAX_VALUE;

    private SqlProcess() {}

    public static void main(String[] arguments) throws IOException, JsonException {
        OutputStream answers = System.out;
        // Nothing that a library prints may stand among the answers.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8));
        beFirstToGo();
        loadEngine();
        AtomicLong idleSince = new AtomicLong(System.nanoTime());
        Thread.ofPlatform().daemon().start(() -> endWhenIdle(idleSince));
        new SqlWorker(DuckDbSandbox::open, answers)
                .serve(System.in, () -> idleSince.set(System.nanoTime()), () -> idleSince.set(BUSY));
        Runtime.getRuntime().halt(0);
    }

    /// If memory runs out, the kernel shall take this process and not the one that holds the ledger.
    private static void beFirstToGo() {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), "900");
        } catch (IOException | SecurityException notLinux) {
            // Then the kernel decides by itself.
        }
    }

    /// The native library is a file of 60 MB that only its own loader needs, and this process may be killed
    /// at any time.
    private static void loadEngine() throws IOException {
        DuckDbSandbox.open(new SandboxSettings(64L << 20, 1, List.of(), EventsView.NAME, "SELECT 1"))
                .close();
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "libduckdb_java*")) {
            for (Path library : left) {
                Files.deleteIfExists(library);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static void endWhenIdle(AtomicLong idleSince) {
        try {
            while (true) {
                Thread.sleep(Duration.ofSeconds(10));
                long since = idleSince.get();
                if (since != BUSY && System.nanoTime() - since > IDLE.toNanos()) {
                    Runtime.getRuntime().halt(0);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
