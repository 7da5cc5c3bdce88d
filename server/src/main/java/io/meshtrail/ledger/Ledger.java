package io.meshtrail.ledger;

import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.journal.Journal;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// One named ledger: its journal, its tree, its key, and how far its entries have come. The stations work
/// on it in turn:
/// the [Appender] adds to the journal, the [Integrator] to the tree, the [Publisher] signs, sealing moves
/// entries from the
/// journal into segments.
public final class Ledger implements Sealable {
    private volatile LedgerSettings settings;
    private final String origin;
    private final SigningKey key;
    private final Journal journal;
    private final LedgerTree tree;
    private final TileFiles tiles;
    private final SealRecorder seals;
    private final RecentFingerprints recent;
    private final LongSupplier clock;
    private final List<Segment> segments;

    /// By first entry, what was pruned.
    private final TreeMap<Long, Pruning> prunings = new TreeMap<>();

    private long lastReceived;
    private volatile long oldestUnpublished;
    private volatile long sealedSize;
    private volatile Optional<Published> published;

    /// The last checkpoint in the state folder; younger than the published one only where witnesses decide.
    private volatile Optional<Published> signed;

    private volatile Optional<Published> witnessed = Optional.empty();
    private volatile List<WitnessStatus> witnesses = List.of();
    private volatile boolean signing = true;

    Ledger(
            LedgerSettings settings,
            String origin,
            SigningKey key,
            Journal journal,
            LedgerTree tree,
            TileFiles tiles,
            SealRecorder seals,
            RecentFingerprints recent,
            LongSupplier clock,
            List<Segment> segments,
            Optional<Published> published,
            long lastReceived) {
        this.settings = settings;
        this.origin = origin;
        this.key = key;
        this.journal = journal;
        this.tree = tree;
        this.tiles = tiles;
        this.seals = seals;
        this.recent = recent;
        this.clock = clock;
        this.segments = new ArrayList<>(segments);
        this.sealedSize = segments.isEmpty() ? 0 : segments.getLast().to();
        this.published = published;
        this.signed = published;
        this.lastReceived = lastReceived;
    }

    public LedgerSettings settings() {
        return settings;
    }

    /// Sets what is configured of this ledger from now on.
    void configure(LedgerSettings changed) {
        if (!changed.name().equals(name())) {
            throw new IllegalArgumentException("settings of ledger " + changed.name() + " for ledger " + name());
        }
        settings = changed;
    }

    @Override
    public String name() {
        return settings.name();
    }

    /// `<origin of the server>/<name>`: the first line of every checkpoint.
    public String origin() {
        return origin;
    }

    SigningKey key() {
        return key;
    }

    Journal journal() {
        return journal;
    }

    LedgerTree tree() {
        return tree;
    }

    /// The time to give to an entry: now, but never less than the entry before got.
    long receive(long now) {
        lastReceived = Math.max(lastReceived, now);
        return lastReceived;
    }

    /// Takes entries into the tree, in order; they are durable in the journal.
    ///
    /// @param first the leafIndex of the first
    void integrate(long first, List<Hash> leaves, long now) {
        if (first != tree.size()) {
            throw new IllegalStateException(
                    "ledger " + name() + " has " + tree.size() + " entries in its tree, entry " + first + " came");
        }
        synchronized (this) {
            if (oldestUnpublished == 0) {
                oldestUnpublished = now;
            }
        }
        for (Hash leaf : leaves) {
            tree.append(leaf);
        }
    }

    Optional<Published> published() {
        return published;
    }

    /// The last checkpoint that was signed.
    Optional<Published> signed() {
        return signed;
    }

    /// A checkpoint is in the state folder.
    void sign(Published next) {
        signed = Optional.of(next);
    }

    /// Whether checkpoints may be signed.
    boolean isSigning() {
        return signing;
    }

    void stopSigning() {
        signing = false;
    }

    /// Shows no checkpoint until witnesses have consented to it.
    void awaitConsent() {
        published = Optional.empty();
    }

    /// The last note with a quorum of witnesses.
    Optional<Published> witnessed() {
        return witnessed;
    }

    long witnessedSize() {
        return witnessed.map(Published::treeSize).orElse(0L);
    }

    /// A cosigned note is in the data folder and may be shown.
    void witness(SignedNote cosigned, long now) {
        witnessed = Optional.of(new Published(Published.sizeOf(cosigned), cosigned, now));
    }

    /// How its witnesses stand.
    List<WitnessStatus> witnesses() {
        return witnesses;
    }

    void report(List<WitnessStatus> status) {
        witnesses = List.copyOf(status);
    }

    /// A checkpoint of this ledger is in the state folder and may be shown.
    synchronized void publish(Published next) {
        published = Optional.of(next);
        // What is integrated between signing and now is a little younger than this says, never older.
        oldestUnpublished = next.treeSize() < tree.size() ? next.at() : 0;
    }

    /// The age of the oldest entry that is under no checkpoint, in nanoseconds.
    long publishLag(long now) {
        long oldest = oldestUnpublished;
        return oldest == 0 ? 0 : Math.max(0, now - oldest);
    }

    /// The first entry that is still here.
    synchronized long minIndex() {
        return segments.isEmpty() ? journal.first() : segments.getFirst().from();
    }

    synchronized Optional<Segment> segmentOf(long leafIndex) {
        return segments.stream()
                .filter(segment -> segment.from() <= leafIndex && leafIndex < segment.to())
                .findFirst();
    }

    @Override
    public long sealedSize() {
        return sealedSize;
    }

    @Override
    public long publishedSize() {
        return published.map(Published::treeSize).orElse(0L);
    }

    @Override
    public long receivedAt(long leafIndex) throws IOException {
        try {
            return EventCodec.decode(journal.read(leafIndex))
                    .number(Field.RECEIVED)
                    .orElseThrow();
        } catch (EntryFormatException damaged) {
            throw new IOException(
                    "ledger " + name() + ", leafIndex " + leafIndex + ": " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public Hash rangeRoot(long from, long to) {
        return tree.rangeRoot(from, to);
    }

    @Override
    public void recordSeal(Segment segment) throws IOException, InterruptedException {
        if (segment.from() != sealedSize) {
            throw new IllegalStateException(
                    "ledger " + name() + " is sealed to " + sealedSize + ", the segment begins at " + segment.from());
        }
        // A crash from here on leaves tiles beyond the sealed size, and a root entry of a segment that no
        // manifest names:
        // the next start writes the same tiles again, and seals and records again.
        tiles.write(tree, segment.from(), segment.to());
        recent.keep(journal, segment.from(), segment.to(), clock.getAsLong());
        seals.sealed(segment);
    }

    @Override
    public void sealed(Segment segment) throws IOException {
        synchronized (this) {
            segments.add(segment);
            sealedSize = segment.to();
        }
        tree.seal(segment.to());
        tiles.removeOthers(segment.to());
        journal.release(segment.to());
    }

    /// One segment stands for some smaller ones from now on.
    synchronized void merged(List<Segment> parts, Segment whole) {
        int at = segments.indexOf(parts.getFirst());
        if (at < 0
                || at + parts.size() > segments.size()
                || !segments.subList(at, at + parts.size()).equals(parts)) {
            throw new IllegalStateException("ledger " + name() + " has no segments to merge into " + whole.file());
        }
        segments.subList(at, at + parts.size()).clear();
        segments.add(at, whole);
    }

    /// What `root` says of a segment that the manifest no longer names.
    synchronized void pruned(Pruning pruning) {
        prunings.put(pruning.from(), pruning);
        segments.removeIf(segment -> segment.to() <= pruning.to());
    }

    /// The pruning that took an entry.
    synchronized Optional<Pruning> pruningOf(long leafIndex) {
        return Optional.ofNullable(prunings.floorEntry(leafIndex))
                .map(Map.Entry::getValue)
                .filter(pruning -> leafIndex < pruning.to());
    }

    TreeHead head() {
        return tree.head();
    }
}
