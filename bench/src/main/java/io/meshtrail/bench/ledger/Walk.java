package io.meshtrail.bench.ledger;

import io.meshtrail.bench.Report;
import io.meshtrail.bench.server.ProcessUse;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The walk of a monitor: every full entry bundle with its level-0 tile, in order, each entry hashed and
/// compared.
final class Walk {
    private static final int TILE = TilePath.FULL_WIDTH;

    private final Served served;
    private final ProcessUse server;
    private final Report report;

    Walk(Served served, ProcessUse server, Report report) {
        this.served = served;
        this.server = server;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        long bundles = served.publishedSize() / TILE;
        long cpu = server.cpuMicros();
        long start = System.nanoTime();
        long bytes = 0;
        for (long bundle = 0; bundle < bundles; bundle++) {
            byte[] entries = served.resource(TilePath.entries(bundle, TILE).toString());
            byte[] hashes = served.resource(TilePath.hashes(0, bundle, TILE).toString());
            check(bundle, entries, hashes);
            bytes += entries.length;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (server.cpuMicros() - cpu) / 1e6;
        long count = bundles * TILE;
        report.add("walkEntries", count);
        report.add("walkEntryBytes", bytes / (double) Math.max(1, count));
        report.add("walkEntriesPerSecond", Math.round(count / seconds));
        report.add("walkEntriesPerServerCoreSecond", Math.round(count / Math.max(0.001, cpuSeconds)));
    }

    private static void check(long bundle, byte[] entries, byte[] hashes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(entries);
        for (int i = 0; i < TILE; i++) {
            byte[] entry = new byte[Short.toUnsignedInt(rest.getShort())];
            rest.get(entry);
            byte[] expected = Arrays.copyOfRange(hashes, i * Hash.BYTES, (i + 1) * Hash.BYTES);
            if (!Arrays.equals(Hash.leaf(entry).bytes(), expected)) {
                throw new IOException("entry " + (bundle * TILE + i) + " does not have the hash of its tile");
            }
        }
    }
}
