package io.meshtrail.proof;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Fetches bundles and their level-0 tiles some way ahead, hashes the entries and compares, and hands the
/// tiles out
/// in order. The way ahead is short, as a bundle may have 16 MiB.
final class BundleFetcher implements AutoCloseable {
    private static final int AHEAD = 8;

    private final RemoteLedger ledger;
    private final TileLayout layout;
    private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Future<Tile>> inFlight = new ArrayDeque<>();
    private long nextBundle;

    BundleFetcher(RemoteLedger ledger, TileLayout layout, long firstBundle) {
        this.ledger = ledger;
        this.layout = layout;
        this.nextBundle = firstBundle;
    }

    /// The leaf hashes of the next bundle, made from its entries and equal to its tile.
    Tile next() throws InterruptedException {
        while (inFlight.size() < AHEAD) {
            Optional<TilePath> path = layout.entries(nextBundle);
            if (path.isEmpty()) {
                break;
            }
            nextBundle++;
            inFlight.add(fetchers.submit(() -> checkedLeafHashes(path.get())));
        }
        Future<Tile> first = inFlight.remove();
        try {
            return first.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof VerifyUrl.Stop stop) {
                throw stop;
            }
            throw new IllegalStateException("a fetcher failed", failed.getCause());
        }
    }

    private Tile checkedLeafHashes(TilePath path) throws InterruptedException {
        long first = path.index() * TilePath.FULL_WIDTH;
        Tile made;
        try {
            Optional<EntryBundle> bundle = ledger.bundle(path);
            if (bundle.isEmpty()) {
                throw broken(
                        path,
                        first,
                        first + path.width(),
                        "the entry bundle is missing although it is not part of a pruned prefix; if the ledger was being"
                                + " pruned at this moment, run again");
            }
            made = bundle.get().leafHashes();
        } catch (MalformedException malformed) {
            throw broken(path, first, first + path.width(), malformed.getMessage());
        } catch (IOException unreachable) {
            throw new VerifyUrl.Stop(VerifyUrl.unreachable(unreachable));
        }
        TilePath tilePath = TilePath.hashes(0, path.index(), path.width());
        Tile served = VerifyUrl.fetchTile(ledger, tilePath);
        OptionalInt difference = made.firstDifference(served);
        if (difference.isPresent()) {
            int place = difference.getAsInt();
            long entry = first + place;
            throw broken(
                    path,
                    entry,
                    entry + 1,
                    "entry " + entry + " hashes to " + made.hash(place) + ", " + ledger.url(tilePath) + " has "
                            + served.hash(place));
        }
        return made;
    }

    private VerifyUrl.Stop broken(TilePath path, long first, long end, String words) {
        return new VerifyUrl.Stop(new VerifyUrl.Result.Broken(ledger.url(path), first, end, words));
    }

    @Override
    public void close() {
        fetchers.shutdownNow();
        fetchers.close();
    }
}
