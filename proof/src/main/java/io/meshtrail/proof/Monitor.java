package io.meshtrail.proof;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// Follows one ledger from outside, behind `meshtrail monitor`: each new checkpoint must be signed, must
/// not be smaller, must be consistent with the last one that was believed, and the entries that it adds
/// must be the ones that its tiles commit to. What was believed is kept by the caller, durably, or a
/// rollback between two runs is not seen.
///
/// Not for several threads at once.
public final class Monitor {
    /// Sees each new entry, and if none is new the last one again. What it saw counts if the look ends in
    /// [Sighting.Grown]: only then all of it is proven to be what the checkpoint commits to.
    @FunctionalInterface
    public interface EntrySink {
        void entry(long leafIndex, byte[] entry);
    }

    /// What one look at the ledger told.
    public sealed interface Sighting {
        /// The ledger is honest as far as can be seen.
        ///
        /// @param note      to be remembered instead of the last
        /// @param first     the first new entry
        record Grown(SignedNote note, Checkpoint checkpoint, long first) implements Sighting {}

        /// Something that an honest ledger does not do.
        ///
        /// @param kind what, for machines
        /// @param seen the checkpoint that shows it, evidence worth keeping; absent if none could be read
        record Alarm(Kind kind, String words, Optional<SignedNote> seen) implements Sighting {}

        /// The server could not be asked. If it lasts, that is an alarm too; the caller has the clock.
        record Unreachable(String words) implements Sighting {}
    }

    /// What an alarm is about.
    public enum Kind {
        /// The checkpoint is no checkpoint, or not signed by a trusted key, or not cosigned as demanded.
        SIGNATURE,
        /// The tree is smaller than it was.
        ROLLBACK,
        /// Two trees that are not one history.
        FORK,
        /// What is served is not what the checkpoint commits to.
        CONTENT,
        /// The ledger stands still although it should not.
        SILENCE
    }

    private final RemoteLedger ledger;
    private final CheckpointCheck trust;

    public Monitor(RemoteLedger ledger, CheckpointCheck trust) {
        this.ledger = ledger;
        this.trust = trust;
    }

    /// Looks once. With nothing remembered the whole ledger is new and is read from its first entry that
    /// is served.
    ///
    /// @param memory by origin, the checkpoint that was believed last, verified then
    public Sighting look(Function<String, Optional<Checkpoint>> memory, EntrySink sink) throws InterruptedException {
        SignedNote note;
        try {
            note = ledger.checkpoint();
        } catch (MalformedException malformed) {
            return new Sighting.Alarm(Kind.SIGNATURE, malformed.getMessage(), Optional.empty());
        } catch (IOException unreachable) {
            return new Sighting.Unreachable(String.valueOf(unreachable.getMessage()));
        }
        return switch (trust.check(note)) {
            case CheckpointCheck.Result.Refused refused ->
                new Sighting.Alarm(Kind.SIGNATURE, refused.why(), Optional.of(note));
            case CheckpointCheck.Result.Trusted trusted -> {
                Checkpoint now = trusted.checkpoint();
                yield grown(note, now, memory.apply(now.origin()), sink);
            }
        };
    }

    private Sighting grown(SignedNote note, Checkpoint now, Optional<Checkpoint> remembered, EntrySink sink)
            throws InterruptedException {
        long before = remembered.map(Checkpoint::treeSize).orElse(0L);
        if (now.treeSize() < before) {
            return alarm(Kind.ROLLBACK, "it had " + before + " entries, now it says " + now.treeSize(), note);
        }
        try {
            if (before > 0 && !isConsistent(remembered.orElseThrow(), now)) {
                return alarm(
                        Kind.FORK,
                        "the tree of " + now.treeSize() + " entries with root " + now.root()
                                + " does not begin with the " + before + " entries that had the root "
                                + remembered.orElseThrow().root(),
                        note);
            }
            walk(now, before, sink);
            return new Sighting.Grown(note, now, before);
        } catch (VerifyUrl.Stop stop) {
            return stopped(stop.result(), note);
        }
    }

    private static Sighting alarm(Kind kind, String words, SignedNote seen) {
        return new Sighting.Alarm(kind, words, Optional.of(seen));
    }

    private static Sighting stopped(VerifyUrl.Result result, SignedNote note) {
        return switch (result) {
            case VerifyUrl.Result.Broken broken ->
                alarm(
                        Kind.CONTENT,
                        broken.url() + ", entries " + broken.first() + " to "
                                + Math.max(broken.first(), broken.end() - 1) + ": " + broken.words(),
                        note);
            case VerifyUrl.Result.Unreachable unreachable -> new Sighting.Unreachable(unreachable.words());
            case VerifyUrl.Result.Sound sound -> throw new IllegalStateException("a sound result is no reason to stop");
        };
    }

    /// RFC 9162 2.1.4, from tiles: a proof that is built of served hashes proves only what is true, since
    /// both roots must come out.
    private boolean isConsistent(Checkpoint before, Checkpoint now) {
        TileHashReader tiles = new TileHashReader(now.treeSize(), this::tile);
        return before.treeSize() == now.treeSize()
                ? before.root().equals(now.root())
                : ConsistencyProof.build(before.treeSize(), now.treeSize(), tiles)
                        .proves(before.root(), now.root());
    }

    private Tile tile(TilePath path) {
        return VerifyUrl.fetchTile(ledger, path);
    }

    /// Reads the entries from `before` on and rebuilds the root with them. The first of their bundles may
    /// hold some that were seen before.
    private void walk(Checkpoint now, long before, EntrySink sink) throws InterruptedException {
        TileLayout layout = new TileLayout(now.treeSize());
        long shown = Math.max(0, Math.min(before, now.treeSize() - 1));
        long firstBundle = firstServed(layout, shown);
        CompactRange range = CompactRange.read(
                Math.min(now.treeSize(), firstBundle * TilePath.FULL_WIDTH),
                new TileHashReader(now.treeSize(), this::tile));
        while (range.size() < now.treeSize()) {
            TilePath path = layout.entries(range.size() / TilePath.FULL_WIDTH).orElseThrow();
            EntryBundle bundle = bundle(path);
            long first = range.size();
            bundle.leafHashes().appendTo(range);
            for (int i = 0; i < bundle.count(); i++) {
                if (first + i >= shown) {
                    sink.entry(first + i, bundle.entry(i));
                }
            }
        }
        if (!range.root().equals(now.root())) {
            throw new VerifyUrl.Stop(new VerifyUrl.Result.Broken(
                    ledger.url("checkpoint"),
                    before,
                    now.treeSize(),
                    "the entries have the root " + range.root() + ", the signed checkpoint says " + now.root()));
        }
    }

    /// The bundle that has the first new entry; after a pruning that took more, the first that is still
    /// served.
    private long firstServed(TileLayout layout, long before) throws InterruptedException {
        long wanted = before / TilePath.FULL_WIDTH;
        try {
            long missing = wanted - 1;
            long served = layout.fullTiles(0);
            if (wanted >= served || ledger.serves(TilePath.entries(wanted, TilePath.FULL_WIDTH))) {
                return wanted;
            }
            while (served - missing > 1) {
                long middle = missing + (served - missing) / 2;
                if (ledger.serves(TilePath.entries(middle, TilePath.FULL_WIDTH))) {
                    served = middle;
                } else {
                    missing = middle;
                }
            }
            return served;
        } catch (IOException unreachable) {
            throw new VerifyUrl.Stop(VerifyUrl.unreachable(unreachable));
        }
    }

    private EntryBundle bundle(TilePath path) throws InterruptedException {
        long first = path.index() * TilePath.FULL_WIDTH;
        try {
            Optional<EntryBundle> bundle = ledger.bundle(path);
            if (bundle.isPresent()) {
                return bundle.get();
            }
            throw new VerifyUrl.Stop(new VerifyUrl.Result.Broken(
                    ledger.url(path), first, first + path.width(), "the entry bundle is withheld"));
        } catch (MalformedException malformed) {
            throw new VerifyUrl.Stop(
                    new VerifyUrl.Result.Broken(ledger.url(path), first, first + path.width(), malformed.getMessage()));
        } catch (IOException unreachable) {
            throw new VerifyUrl.Stop(VerifyUrl.unreachable(unreachable));
        }
    }
}
