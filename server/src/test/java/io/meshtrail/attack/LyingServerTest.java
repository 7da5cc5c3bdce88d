package io.meshtrail.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshtrail.Workbench;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Outcome;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.RemoteLedger;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TilePath;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyUrl;
import io.meshtrail.segment.SampleEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that keeps back what it has: entries of a ledger, or a row of a search. A client that asks for
/// everything notices; one that is content with hashes, or with the answer, does not.
class LyingServerTest {
    private static final int ENTRIES = 700;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Random random = Seed.random();

    private Workbench filled() throws Exception {
        Workbench bench = new Workbench(folder, 1_000_000);
        List<AuditEvent> events = new ArrayList<>();
        for (AuditEvent event : SampleEvents.requests(Seed.VALUE, 0, ENTRIES)) {
            events.add(event.toBuilder().outcome(Outcome.DENIED).build());
        }
        bench.append(events);
        bench.settle();
        return bench;
    }

    /// A ledger over HTTP without some of its resources.
    private static HttpServer serve(LedgerReader ledger, Set<String> withheld) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath().substring(1);
                Optional<byte[]> body = withheld.contains(path) ? Optional.empty() : resource(ledger, path);
                answer(exchange, body);
            }
        });
        server.start();
        return server;
    }

    private static Optional<byte[]> resource(LedgerReader ledger, String path) throws IOException {
        if (path.equals("checkpoint")) {
            return ledger.checkpoint();
        }
        try {
            TilePath tile = TilePath.parse(path);
            return path.startsWith("tile/entries/")
                    ? ledger.bundle(tile.index(), tile.width())
                    : ledger.tile(tile.level(), tile.index(), tile.width());
        } catch (MalformedException none) {
            return Optional.empty();
        }
    }

    private static void answer(HttpExchange exchange, Optional<byte[]> body) throws IOException {
        if (body.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.sendResponseHeaders(200, body.orElseThrow().length);
            exchange.getResponseBody().write(body.orElseThrow());
        }
    }

    @Test
    void aWithheldBundleIsMissedByWhoeverReadsAllEntriesAndByNobodyWhoReadsHashesAlone() throws Exception {
        try (Workbench bench = filled();
                HttpClient client = RemoteLedger.client()) {
            LedgerReader ledger = bench.ledgers.named("security").orElseThrow();
            TilePath bundle = TilePath.entries(random.nextInt(ENTRIES / 256), 256);
            HttpServer server = serve(ledger, Set.of(bundle.toString()));
            try {
                URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
                VerifierKey key = VerifierKey.parse(ledger.verifierKey());
                VerifyUrl.Result result = new VerifyUrl(new RemoteLedger(url, client), List.of(key), Optional.empty())
                        .run((done, of) -> {});
                assertThat(result)
                        .as("without %s, seed %d", bundle, Seed.VALUE)
                        .isInstanceOfSatisfying(VerifyUrl.Result.Broken.class, broken -> {
                            assertThat(broken.first()).isEqualTo(256 * bundle.index());
                            assertThat(broken.end()).isEqualTo(256 * bundle.index() + 256);
                        });
                assertThat(hashesAgree(new RemoteLedger(url, client), key))
                        .as("the hashes are all there")
                        .isTrue();
            } finally {
                server.stop(0);
            }
        }
    }

    /// A client that reads leaf hashes and no entries.
    private static boolean hashesAgree(RemoteLedger ledger, VerifierKey key) throws Exception {
        SignedNote note = ledger.checkpoint();
        assertThat(note.verify(List.of(key))).isInstanceOf(NoteVerdict.Accepted.class);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        CompactRange tree = new CompactRange();
        for (long at = 0; at < checkpoint.treeSize(); at += 256) {
            int width = (int) Math.min(256, checkpoint.treeSize() - at);
            byte[] tile = ledger.tile(TilePath.hashes(0, at / 256, width))
                    .orElseThrow()
                    .bytes();
            for (int i = 0; i < width; i++) {
                tree.append(Hash.at(tile, i * Hash.BYTES));
            }
        }
        return tree.head().equals(checkpoint.head());
    }

    @Test
    void aRowThatTheIndexHidesIsMissedByWhoeverScansTheLedger() throws Exception {
        try (Workbench bench = filled()) {
            long hidden = random.nextInt(ENTRIES);
            try (Snapshot snapshot = bench.index.snapshot()) {
                Set<Long> found = new HashSet<>();
                for (RowSource source : snapshot.sources()) {
                    if (source.ledger().equals("security")) {
                        found.addAll(search(snapshot, source, "\"leafIndex\" <> " + hidden));
                    }
                }
                LedgerReader ledger = bench.ledgers.named("security").orElseThrow();
                Set<Long> scanned = new TreeSet<>();
                for (long i = 0; i < ledger.size(); i++) {
                    if (Victim.event(ledger.entry(i)).attributes().get("route").equals("default")) {
                        scanned.add(i);
                    }
                }
                assertThat(snapshot.asOf())
                        .as("what the answer says of itself")
                        .containsEntry("security", ledger.size());
                assertThat(scanned).as("the mechanism is off: nobody scans").contains(hidden);
                scanned.removeAll(found);
                assertThat(scanned)
                        .as("hits that search does not show, seed %d", Seed.VALUE)
                        .containsExactly(hidden);
            }
        }
    }

    private static Set<Long> search(Snapshot snapshot, RowSource source, String dishonest) {
        return snapshot.engine()
                .query(
                        "SELECT \"leafIndex\" FROM " + source.relation()
                                + " WHERE attributes LIKE '%\"route\":\"default\"%' AND " + dishonest,
                        List.of(),
                        LIMIT,
                        rows -> {
                            Set<Long> places = new HashSet<>();
                            while (rows.next()) {
                                places.add(rows.getLong(1));
                            }
                            return places;
                        });
    }
}
