package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bit flipped anywhere in the data folder: `verify` must notice and name the file.
final class FlipTest {
    private static final int RUNS_A_TYPE = 3;
    private static final int WORKERS = 2;
    private static final int ABOVE_INLINE = 40_000;

    @TempDir
    private Path folder;

    private record Flip(Path file, long offset, int bit) {
        @Override
        public String toString() {
            return file + ", bit " + bit + " of byte " + offset;
        }
    }

    @Test
    void one_flipped_bit_in_any_file_of_the_data_folder_is_found_and_its_file_named() throws Exception {
        Path data = folder.resolve("data");
        fill(data);
        assertThat(Cli.run("verify", "--data", data.toString()).exit()).isZero();
        long seed = Long.getLong("meshtrail.seed", System.nanoTime());
        System.out.println("Repeat with -Dmeshtrail.seed=" + seed);
        ConcurrentLinkedQueue<Flip> flips = new ConcurrentLinkedQueue<>(flips(data, new Random(seed)));
        System.out.println(flips.size() + " flips in " + Folders.files(data).size() + " files");
        ConcurrentLinkedQueue<String> missed = new ConcurrentLinkedQueue<>();
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            Path copy = folder.resolve("copy" + worker);
            Folders.copy(data, copy);
            workers.add(Thread.ofPlatform().start(() -> {
                for (Flip flip = flips.poll(); flip != null; flip = flips.poll()) {
                    check(copy, flip, missed);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(missed).isEmpty();
    }

    /// Segments, sidecars, tiles, checkpoints, a blob, and a rest in every journal.
    private static void fill(Path data) throws IOException {
        try (ServerProcess server = ServerProcess.Plan.in(data)
                .with("MESHTRAIL_SEAL_EVENTS", Integer.toString(Filling.SEAL))
                .start()) {
            Api api = server.api();
            Filling.traffic(api, "t", 2_700);
            Filling.denials(api, "d", 300);
            api.ingested(
                    KubernetesAudit.PATH, KubernetesAudit.change("a-1", "orders-viewer", "n".repeat(ABOVE_INLINE)));
            api.awaitPublished();
            assertThat(api.ledger("traffic").path("sealed").asLong()).isGreaterThanOrEqualTo(2 * Filling.SEAL);
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertThat(Folders.files(data).stream().map(FlipTest::type))
                .contains("blobs", "journal", "manifest", "parquet", "checkpoint");
    }

    /// One in every file, and more in the files of a type that has few.
    private static List<Flip> flips(Path data, Random random) {
        Map<String, List<Path>> byType = new LinkedHashMap<>();
        for (Path file : Folders.files(data)) {
            byType.computeIfAbsent(type(file), type -> new ArrayList<>()).add(file);
        }
        System.out.println(byType);
        List<Flip> flips = new ArrayList<>();
        for (List<Path> files : byType.values()) {
            for (int i = 0; i < Math.max(RUNS_A_TYPE, files.size()); i++) {
                Path file = files.get(i % files.size());
                long offset = random.nextLong(data.resolve(file).toFile().length());
                flips.add(new Flip(file, offset, random.nextInt(8)));
            }
        }
        return flips;
    }

    private static String type(Path file) {
        String top = file.getName(0).toString();
        String name = String.valueOf(file.getFileName());
        return switch (top) {
            case "segments" -> name.replaceFirst("^.*\\.", "");
            case "ledger" -> name.equals("checkpoint") ? name : "tile";
            default -> top;
        };
    }

    private static void check(Path copy, Flip flip, ConcurrentLinkedQueue<String> missed) {
        try {
            flip(copy, flip);
            Cli verify = Cli.run("verify", "--data", copy.toString());
            if (verify.exit() != 1
                    || !(verify.output() + verify.errors()).contains(flip.file().toString())) {
                missed.add(flip + ": " + verify);
            }
            flip(copy, flip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flip(Path copy, Flip flip) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(copy.resolve(flip.file()).toFile(), "rw")) {
            file.seek(flip.offset());
            int old = file.read();
            file.seek(flip.offset());
            file.write(old ^ 1 << flip.bit());
        }
    }
}
