package io.meshtrail.ledger;

import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.proof.EntryBundle;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.InclusionProof;
import io.meshtrail.proof.TilePath;
import io.meshtrail.proof.TlogProof;
import io.meshtrail.proof.TreeHasher;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads a ledger: unsealed entries from the journal, sealed ones from the rows, each checked against the tree.
final class LedgerView implements LedgerReader, LeafTiles, Prunable {
    private static final int TILE = TilePath.FULL_WIDTH;

    private final SealedRows rows;
    private final java.util.function.LongSupplier clock;
    private final MinimumStatement minimum = new MinimumStatement();
    private Optional<Ledger> ledger = Optional.empty();

    /// @param clock nanoseconds since 1970
    LedgerView(SealedRows rows, java.util.function.LongSupplier clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /// The tree needs this view for its sealed leaves, and this view the ledger with the tree; so it comes
    /// second.
    void of(Ledger opened) {
        ledger = Optional.of(opened);
    }

    Ledger ledger() {
        return ledger.orElseThrow();
    }

    @Override
    public String name() {
        return ledger().name();
    }

    @Override
    public String verifierKey() {
        return ledger().key().verifierKey().toString();
    }

    @Override
    public long size() {
        return ledger().tree().size();
    }

    @Override
    public long publishedSize() {
        return ledger().publishedSize();
    }

    @Override
    public long witnessedSize() {
        return ledger().witnessedSize();
    }

    @Override
    public long minIndex() {
        return ledger().minIndex();
    }

    @Override
    public long sealedSize() {
        return ledger().sealedSize();
    }

    @Override
    public Stage stage(long leafIndex) {
        if (leafIndex < ledger().witnessedSize()) {
            return Stage.WITNESSED;
        }
        if (leafIndex < publishedSize()) {
            return Stage.PUBLISHED;
        }
        return leafIndex < size() ? Stage.INTEGRATED : Stage.SEQUENCED;
    }

    @Override
    public byte[] entry(long leafIndex) throws IOException {
        if (leafIndex >= size()) {
            throw new EntryUnavailableException(
                    EntryUnavailableException.Cause.NOT_THERE_YET,
                    "ledger " + name() + " has " + size() + " entries, none at " + leafIndex);
        }
        byte[] entry = entries(leafIndex, leafIndex + 1).getFirst();
        Hash expected = Hash.at(tile(leafIndex), (int) (leafIndex % TILE) * Hash.BYTES);
        if (!Hash.leaf(entry).equals(expected)) {
            throw new EntryUnavailableException(
                    EntryUnavailableException.Cause.DAMAGED,
                    "entry " + name() + "/" + leafIndex + " does not have the hash that the tree has");
        }
        return entry;
    }

    private byte[] tile(long leafIndex) throws IOException {
        return ledger().tree().tile(0, leafIndex / TILE, (int) (leafIndex % TILE) + 1);
    }

    @Override
    public Optional<byte[]> checkpoint() {
        long size = publishedSize();
        return ledger().witnessed()
                .filter(witnessed -> witnessed.treeSize() == size)
                .or(() -> ledger().published())
                .map(shown -> shown.note().bytes());
    }

    @Override
    public Optional<byte[]> tile(int level, long index, int width) throws IOException {
        long end = index * TILE + width;
        boolean pruned = level == 0 && index < 1L << 54 && index * TILE + TILE <= minIndex();
        if (index >= 1L << 54 || end > LedgerTree.hashes(level, publishedSize()) || pruned) {
            return Optional.empty();
        }
        return Optional.of(ledger().tree().tile(level, index, width));
    }

    @Override
    public Optional<byte[]> bundle(long index, int width) throws IOException {
        long from = index * TILE;
        if (index >= 1L << 54 || from + width > publishedSize() || from + TILE <= minIndex()) {
            return Optional.empty();
        }
        List<byte[]> entries = entries(from, from + width);
        if (from + TILE <= sealedSize()) {
            prove(index, entries);
        }
        return Optional.of(EntryBundle.of(entries).bytes());
    }

    /// Rows are served only as what the tree says they are. The hashes stay a while for the tile, which
    /// is asked for next. A partial bundle of sealed entries is proven through its full tile.
    private void prove(long tileIndex, List<byte[]> entries) throws IOException {
        byte[] hashes = new byte[TILE * Hash.BYTES];
        TreeHasher hasher = TreeHasher.get();
        for (int i = 0; i < entries.size(); i++) {
            hasher.leaf(entries.get(i), 0, entries.get(i).length, hashes, i * Hash.BYTES);
        }
        int length = entries.size() * Hash.BYTES;
        if (entries.size() == TILE && ledger().tree().proven(tileIndex).isEmpty()) {
            ledger().tree().proveTile(tileIndex, hashes);
            return;
        }
        byte[] proven = ledger().tree().tile(0, tileIndex, entries.size());
        if (!Arrays.equals(hashes, 0, length, proven, 0, length)) {
            throw new EntryUnavailableException(
                    EntryUnavailableException.Cause.DAMAGED,
                    "entries " + tileIndex * TILE + " to " + (tileIndex * TILE + entries.size() - 1) + " of ledger "
                            + name() + " do not have the hashes that the tree has");
        }
    }

    @Override
    public Optional<byte[]> proof(long leafIndex) throws IOException {
        Optional<Published> covering = ledger().witnessed()
                .filter(witnessed -> leafIndex < witnessed.treeSize())
                .or(() -> ledger().published().filter(published -> leafIndex < published.treeSize()));
        if (covering.isEmpty()) {
            return Optional.empty();
        }
        Published under = covering.orElseThrow();
        try {
            InclusionProof inclusion = InclusionProof.build(leafIndex, under.treeSize(), ledger().tree());
            return Optional.of(TlogProof.of(inclusion, under.note()).print().getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    @Override
    public Optional<byte[]> minimum() {
        return minimum.of(ledger(), clock.getAsLong());
    }

    @Override
    public Duration term() {
        return ledger().settings().retention();
    }

    @Override
    public Hash rangeRoot(long from, long to) {
        return ledger().rangeRoot(from, to);
    }

    @Override
    public long receivedOf(long leafIndex) throws IOException {
        try {
            return EventCodec.decode(entry(leafIndex)).number(Field.RECEIVED).orElseThrow();
        } catch (EntryFormatException damaged) {
            throw new IOException("entry " + name() + "/" + leafIndex + ": " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public void merged(List<Segment> parts, Segment whole) {
        ledger().merged(parts, whole);
    }

    @Override
    public void pruned(Pruning pruning) {
        ledger().pruned(pruning);
    }

    @Override
    public LedgerStatus status() {
        Ledger of = ledger();
        io.meshtrail.proof.TreeHead head = of.head();
        return new LedgerStatus(
                of.name(),
                of.origin(),
                verifierKey(),
                head.treeSize(),
                head.root().base64(),
                of.minIndex(),
                of.publishedSize(),
                of.sealedSize(),
                of.published().map(Published::at).orElse(0L),
                of.publishLag(clock.getAsLong()),
                of.witnessedSize(),
                of.witnesses(),
                of.settings().retention(),
                of.journal().bytes());
    }

    @Override
    public byte[] leafTile(long tileIndex) throws IOException {
        byte[] hashes = new byte[TILE * Hash.BYTES];
        long first = tileIndex * TILE;
        TreeHasher hasher = TreeHasher.get();
        visitSealed(
                first,
                first + TILE,
                (leafIndex, entry) ->
                        hasher.leaf(entry, 0, entry.length, hashes, (int) (leafIndex - first) * Hash.BYTES));
        return hashes;
    }

    private List<byte[]> entries(long from, long to) throws IOException {
        if (from < minIndex()) {
            throw pruned(from);
        }
        List<byte[]> entries = new ArrayList<>();
        long at = from;
        while (at < to) {
            long sealed = sealedSize();
            if (at < sealed) {
                visitSealed(at, Math.min(to, sealed), (leafIndex, entry) -> entries.add(entry));
            } else {
                readJournal(at, to, entries);
            }
            at = from + entries.size();
        }
        return entries;
    }

    /// Adds entries of the journal, fewer if they are sealed meanwhile.
    private void readJournal(long from, long to, List<byte[]> entries) throws IOException {
        int before = entries.size();
        try {
            ledger().journal().read(from, to, record -> entries.add(record.entry()));
        } catch (IOException gone) {
            if (from + entries.size() - before >= sealedSize()) {
                throw gone;
            }
        }
    }

    private void visitSealed(long from, long to, SealedRows.Visitor visitor) throws IOException {
        long at = from;
        while (at < to) {
            Segment segment = segmentOf(at);
            long end = Math.min(to, segment.to());
            long[] next = {at};
            try {
                rows.read(segment, at, end, (leafIndex, entry) -> {
                    visitor.entry(leafIndex, entry);
                    next[0] = leafIndex + 1;
                });
            } catch (IOException unreadable) {
                // Merged or pruned meanwhile, its file is gone: the rest is elsewhere or nowhere.
                if (segmentOf(next[0]).equals(segment)) {
                    throw unreadable;
                }
                end = next[0];
            }
            at = end;
        }
    }

    private Segment segmentOf(long leafIndex) throws EntryUnavailableException {
        Optional<Segment> segment = ledger().segmentOf(leafIndex);
        if (segment.isEmpty()) {
            throw pruned(leafIndex);
        }
        return segment.get();
    }

    private EntryUnavailableException pruned(long leafIndex) {
        String by = ledger().pruningOf(leafIndex).map(Pruning::words).orElse("root does not say why");
        return new EntryUnavailableException(
                EntryUnavailableException.Cause.PRUNED,
                "entry " + name() + "/" + leafIndex + " was pruned, " + name() + " begins at " + minIndex() + " now: "
                        + by);
    }
}
