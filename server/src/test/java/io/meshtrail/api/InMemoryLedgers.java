package io.meshtrail.api;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.EntryUnavailableException;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerStatus;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.ledger.Stage;
import io.meshtrail.ledger.WitnessStatus;
import io.meshtrail.query.Hit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Ledgers that hold events in memory and publish when told to. Their tiles and notes have the right form,
/// not the right hashes.
final class InMemoryLedgers implements Ledgers {
    private final TreeMap<String, InMemoryLedger> ledgers = new TreeMap<>();

    InMemoryLedgers(String... names) {
        for (String name : names) {
            ledgers.put(name, new InMemoryLedger(name));
        }
    }

    @Override
    public List<LedgerReader> all() {
        return List.copyOf(ledgers.values());
    }

    @Override
    public Optional<LedgerReader> named(String name) {
        return Optional.ofNullable(ledgers.get(name));
    }

    InMemoryLedger get(String name) {
        return java.util.Objects.requireNonNull(ledgers.get(name));
    }

    /// Everything, newest first by (time, address).
    List<Hit> hits() {
        List<Hit> hits = new ArrayList<>();
        ledgers.values().forEach(ledger -> hits.addAll(ledger.hits()));
        Comparator<Hit> oldestFirst = Comparator.<Hit>comparingLong(
                        hit -> hit.event().number(Field.TIME).orElse(0))
                .thenComparing(Hit::address);
        hits.sort(oldestFirst.reversed());
        return hits;
    }

    /// One of them.
    static final class InMemoryLedger implements LedgerReader {
        private final String name;
        private final List<AuditEvent> events = new ArrayList<>();
        private long publishedSize;
        private long minIndex;

        InMemoryLedger(String name) {
            this.name = name;
        }

        synchronized Hit add(AuditEvent event) {
            events.add(event);
            return new Hit(new Address(name, events.size() - 1L), event);
        }

        synchronized void publish() {
            publishedSize = events.size();
        }

        synchronized void prune(long min) {
            minIndex = min;
        }

        synchronized List<Hit> hits() {
            List<Hit> hits = new ArrayList<>();
            for (int i = (int) minIndex; i < events.size(); i++) {
                hits.add(new Hit(new Address(name, i), events.get(i)));
            }
            return hits;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String verifierKey() {
            return "test/" + name + "+00000000+AAAA";
        }

        @Override
        public synchronized long size() {
            return events.size();
        }

        @Override
        public synchronized long publishedSize() {
            return publishedSize;
        }

        @Override
        public long witnessedSize() {
            return 0;
        }

        @Override
        public synchronized long minIndex() {
            return minIndex;
        }

        @Override
        public long sealedSize() {
            return 0;
        }

        @Override
        public synchronized Stage stage(long leafIndex) {
            return leafIndex < publishedSize ? Stage.PUBLISHED : Stage.INTEGRATED;
        }

        @Override
        public synchronized byte[] entry(long leafIndex) throws IOException {
            if (leafIndex >= events.size()) {
                throw new EntryUnavailableException(EntryUnavailableException.Cause.NOT_THERE_YET, "not there");
            }
            if (leafIndex < minIndex) {
                throw new EntryUnavailableException(
                        EntryUnavailableException.Cause.PRUNED,
                        name + "/" + leafIndex + " was pruned with everything below " + minIndex);
            }
            return EventCodec.encode(events.get((int) leafIndex)).bytes();
        }

        @Override
        public synchronized Optional<byte[]> checkpoint() {
            return publishedSize == 0
                    ? Optional.empty()
                    : Optional.of(("test/" + name + "\n" + publishedSize + "\nroot\n\n— sig\n")
                            .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized Optional<byte[]> tile(int level, long index, int width) {
            boolean there = level == 0 && index * 256 + width <= publishedSize;
            return there ? Optional.of(new byte[32 * width]) : Optional.empty();
        }

        @Override
        public synchronized Optional<byte[]> bundle(long index, int width) {
            boolean there = index * 256 + width <= publishedSize;
            return there ? Optional.of(new byte[2 * width]) : Optional.empty();
        }

        @Override
        public synchronized Optional<byte[]> proof(long leafIndex) {
            return leafIndex < publishedSize
                    ? Optional.of(
                            ("c2sp.org/tlog-proof@v1\nindex " + leafIndex + "\n").getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }

        @Override
        public synchronized Optional<byte[]> minimum() {
            return Optional.of(("meshtrail/minimum-index/v1\ntest/" + name + "\n" + minIndex + "\n" + publishedSize
                            + "\n2026-11-24T13:36:30.000000000Z\n\n— sig\n")
                    .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized LedgerStatus status() {
            return new LedgerStatus(
                    name,
                    "test/" + name,
                    verifierKey(),
                    events.size(),
                    "unpublished root",
                    minIndex,
                    publishedSize,
                    0,
                    1_795_000_000_000_000_000L,
                    0,
                    0,
                    List.of(new WitnessStatus("w1", "w.example/1+00000000+AAAA", 0, 0, Optional.of("is down"))),
                    Duration.ofDays(400),
                    4_096);
        }
    }
}
