package io.meshtrail.proof;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Verifies one whole ledger from outside, behind `meshtrail verify --url`: fetches the checkpoint,
/// verifies its signature, hashes every entry again, compares every tile, and rebuilds the signed root.
/// Memory stays bounded whatever the size.
///
/// Needs the prefix of the ledger and a key that came by a trusted way. One instance is one run.
public final class VerifyUrl {
    /// Hears how far the check is, in order, from the thread that runs it.
    @FunctionalInterface
    public interface Progress {
        /// Called after each bundle.
        ///
        /// @param entries up to which leafIndex everything is checked
        /// @param of      the ledger's size
        void checked(long entries, long of);
    }

    /// What came out.
    public sealed interface Result {
        /// Everything that is served agrees with the signed checkpoint.
        ///
        /// @param note        the checkpoint as it was served, worth keeping for the next run
        /// @param firstEntry  0, or the first entry that is still served; what was before it is pruned
        /// @param notCompared the remembered tree head, if pruning has made it incomparable
        record Sound(SignedNote note, Checkpoint checkpoint, long firstEntry, Optional<TreeHead> notCompared)
                implements Result {
            /// One line for people.
            public String words() {
                StringBuilder words = new StringBuilder(checkpoint.origin())
                        .append(": size ")
                        .append(checkpoint.treeSize())
                        .append(", root ")
                        .append(checkpoint.root());
                if (firstEntry < checkpoint.treeSize()) {
                    words.append(", entries ")
                            .append(firstEntry)
                            .append(" to ")
                            .append(checkpoint.treeSize() - 1)
                            .append(" hashed and proven");
                }
                if (firstEntry > 0) {
                    words.append("; entries before ").append(firstEntry).append(" are pruned");
                }
                notCompared.ifPresent(head -> words.append("; the remembered size ")
                        .append(head.treeSize())
                        .append(" lies in the pruned part and could not be compared"));
                return words.toString();
            }
        }

        /// The ledger contradicts itself, its signature, or what was remembered.
        ///
        /// @param url   what was fetched last when it showed
        /// @param first the first entry that may be wrong
        /// @param end   one past the last entry that may be wrong
        record Broken(URI url, long first, long end, String words) implements Result {}

        /// The server could not be asked, which says nothing about the ledger.
        record Unreachable(String words) implements Result {}
    }

    /// Ends a run from any depth.
    static final class Stop extends RuntimeException {
        private final transient Result result;

        Stop(Result result) {
            super(null, null, false, false);
            this.result = result;
        }

        Result result() {
            return result;
        }
    }

    private final RemoteLedger ledger;
    private final CheckpointCheck trust;
    private final Function<Checkpoint, List<TreeHead>> memory;
    private RememberedHeads remembered = new RememberedHeads(List.of());

    /// @param keys       trusted keys; each key's name is the origin it may sign for
    /// @param remembered an earlier verified head of this ledger, which the new one must extend
    public VerifyUrl(RemoteLedger ledger, List<VerifierKey> keys, Optional<TreeHead> remembered) {
        this(
                ledger,
                new CheckpointCheck(keys, TlogPolicy.NONE),
                checkpoint -> remembered.stream().toList());
    }

    /// @param trust      which keys may sign, and which witnesses must have cosigned
    /// @param remembered earlier verified checkpoints, of other ledgers too; those of this
    ///     origin must all be part of its history
    public VerifyUrl(RemoteLedger ledger, CheckpointCheck trust, List<Checkpoint> remembered) {
        this(
                ledger,
                trust,
                checkpoint -> remembered.stream()
                        .filter(each -> each.origin().equals(checkpoint.origin()))
                        .map(Checkpoint::head)
                        .toList());
    }

    private VerifyUrl(RemoteLedger ledger, CheckpointCheck trust, Function<Checkpoint, List<TreeHead>> memory) {
        this.ledger = ledger;
        this.trust = trust;
        this.memory = memory;
    }

    public Result run(Progress progress) throws InterruptedException {
        try {
            SignedNote note = ledger.checkpoint();
            Checkpoint checkpoint = verified(note);
            remembered = new RememberedHeads(memory.apply(checkpoint));
            checkNotRolledBack(checkpoint);
            return walk(note, checkpoint, progress);
        } catch (Stop stop) {
            return stop.result();
        } catch (MalformedException malformed) {
            return broken(ledger.url("checkpoint"), 0, 0, malformed.getMessage());
        } catch (IOException unreachable) {
            return unreachable(unreachable);
        }
    }

    static Result unreachable(IOException why) {
        return new Result.Unreachable(why.getMessage() == null ? why.toString() : why.getMessage());
    }

    private static Result.Broken broken(URI url, long first, long end, String words) {
        return new Result.Broken(url, first, end, words);
    }

    private Checkpoint verified(SignedNote note) throws MalformedException {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        return switch (trust.check(note)) {
            case CheckpointCheck.Result.Trusted trusted -> checkpoint;
            case CheckpointCheck.Result.Refused refused ->
                throw new Stop(broken(ledger.url("checkpoint"), 0, checkpoint.treeSize(), refused.why()));
        };
    }

    private void checkNotRolledBack(Checkpoint checkpoint) {
        long before = remembered.largest().orElse(0L);
        if (before > checkpoint.treeSize()) {
            throw new Stop(broken(
                    ledger.url("checkpoint"),
                    checkpoint.treeSize(),
                    before,
                    "the ledger had " + before + " entries before, now it says " + checkpoint.treeSize()));
        }
    }

    private Result walk(SignedNote note, Checkpoint checkpoint, Progress progress)
            throws IOException, InterruptedException {
        TileLayout layout = new TileLayout(checkpoint.treeSize());
        long firstBundle = firstServedBundle(layout);
        long firstEntry = Math.min(checkpoint.treeSize(), firstBundle * TilePath.FULL_WIDTH);
        checkMinimum(checkpoint, firstEntry);
        // What is pruned is known by the hashes above it, which pruning must keep (ledger spec 2.9).
        CompactRange range =
                CompactRange.read(firstEntry, new TileHashReader(checkpoint.treeSize(), this::requiredTile));
        Optional<TreeHead> notCompared = comparePruned(checkpoint, firstEntry);
        compareRemembered(range);
        UpperTiles upper = new UpperTiles(ledger, layout);
        try (BundleFetcher bundles = new BundleFetcher(ledger, layout, firstBundle)) {
            while (range.size() < checkpoint.treeSize()) {
                Tile leafHashes = bundles.next();
                append(leafHashes, range, upper);
                progress.checked(range.size(), checkpoint.treeSize());
            }
        }
        upper.finish();
        if (!range.root().equals(checkpoint.root())) {
            return broken(
                    ledger.url("checkpoint"),
                    firstEntry,
                    checkpoint.treeSize(),
                    "the entries have the root " + range.root() + ", the signed checkpoint says " + checkpoint.root());
        }
        return new Result.Sound(note, checkpoint, firstEntry, notCompared);
    }

    /// A full tile goes in as one node, unless the remembered size lies inside it.
    private void append(Tile leafHashes, CompactRange range, UpperTiles upper) {
        long end = range.size() + leafHashes.width();
        boolean remembersInside = remembered.isInside(range.size(), end);
        if (leafHashes.width() == TilePath.FULL_WIDTH && !remembersInside) {
            range.appendNode(8, leafHashes.root(), upper);
            compareRemembered(range);
            return;
        }
        for (int i = 0; i < leafHashes.width(); i++) {
            range.append(leafHashes.hash(i), upper);
            compareRemembered(range);
        }
    }

    /// The first bundle that is served; the number of all bundles if none is. Found by halving, as pruning
    /// takes prefixes; a hole further on shows in the walk.
    private long firstServedBundle(TileLayout layout) throws IOException, InterruptedException {
        long full = layout.fullTiles(0);
        if (full == 0 || ledger.serves(TilePath.entries(0, TilePath.FULL_WIDTH))) {
            return 0;
        }
        long missing = 0;
        long served = full;
        while (served - missing > 1) {
            long middle = missing + (served - missing) / 2;
            if (ledger.serves(TilePath.entries(middle, TilePath.FULL_WIDTH))) {
                served = middle;
            } else {
                missing = middle;
            }
        }
        return served;
    }

    /// Bundles may be missing only below a minimum index that the ledger has signed; else they are withheld.
    private void checkMinimum(Checkpoint checkpoint, long firstEntry) throws IOException, InterruptedException {
        if (firstEntry == 0) {
            return;
        }
        URI url = ledger.url("minimum");
        try {
            Optional<SignedNote> note = ledger.minimum();
            long minimum = note.isEmpty()
                    ? 0
                    : trust.minimum(note.get(), checkpoint.origin()).minimum();
            if (minimum < firstEntry) {
                throw new Stop(broken(
                        url,
                        minimum,
                        firstEntry,
                        "entries " + minimum + " to " + (firstEntry - 1)
                                + " are not served, and the signed minimum index is " + minimum));
            }
        } catch (MalformedException malformed) {
            throw new Stop(broken(url, 0, firstEntry, malformed.getMessage()));
        }
    }

    /// A tile without which the root over a pruned prefix cannot be rebuilt.
    private Tile requiredTile(TilePath path) {
        return fetchTile(ledger, path);
    }

    static Tile fetchTile(RemoteLedger ledger, TilePath path) {
        long first = path.startIndex();
        try {
            Optional<Tile> tile = ledger.tile(path);
            if (tile.isEmpty()) {
                throw new Stop(broken(ledger.url(path), first, path.endIndex(), "the tile is missing"));
            }
            return tile.get();
        } catch (MalformedException malformed) {
            throw new Stop(broken(ledger.url(path), first, path.endIndex(), malformed.getMessage()));
        } catch (IOException unreachable) {
            throw new Stop(unreachable(unreachable));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stop(new Result.Unreachable("interrupted while fetching " + ledger.url(path)));
        }
    }

    /// Remembered heads within the pruned part are compared from the tiles above, which stay; that works
    /// where a head lies on a whole tile.
    ///
    /// @return the first that could not be compared
    private Optional<TreeHead> comparePruned(Checkpoint checkpoint, long firstEntry) {
        Optional<TreeHead> notCompared = Optional.empty();
        for (TreeHead head : remembered.below(firstEntry)) {
            if (head.treeSize() % TilePath.FULL_WIDTH == 0) {
                compareRemembered(CompactRange.read(
                        head.treeSize(), new TileHashReader(checkpoint.treeSize(), this::requiredTile)));
            } else if (notCompared.isEmpty()) {
                notCompared = Optional.of(head);
            }
        }
        return notCompared;
    }

    /// At a remembered size the same entries must lead to the same root; else history was rewritten
    /// (ledger spec 1.7).
    private void compareRemembered(CompactRange range) {
        Optional<Hash> other = remembered.contradicted(range);
        if (other.isPresent()) {
            throw new Stop(broken(
                    ledger.url("checkpoint"),
                    0,
                    range.size(),
                    "history was rewritten: the first " + range.size() + " entries had the root " + other.orElseThrow()
                            + ", now they have " + range.root()));
        }
    }
}
