package io.meshtrail.acceptance;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.ConsistencyProof;
import io.meshtrail.proof.EntryBundle;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.RemoteLedger;
import io.meshtrail.proof.TileHashReader;
import io.meshtrail.proof.TileLayout;
import io.meshtrail.proof.TilePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A ledger as a stranger sees it: checkpoint, tiles and entries over HTTP, read with module `proof` alone.
final class LedgerOverHttp {
    private final RemoteLedger ledger;
    private final Map<Long, EntryBundle> bundles = new HashMap<>();

    LedgerOverHttp(URI web, String name) {
        this.ledger = new RemoteLedger(web.resolve("/ledger/" + name), RemoteLedger.client());
    }

    Checkpoint checkpoint() throws Exception {
        return Checkpoint.parse(ledger.checkpoint().text());
    }

    /// Whether the tree of the newer checkpoint begins with the tree of the older.
    boolean extendsFrom(Checkpoint older, Checkpoint newer) {
        TileHashReader hashes = new TileHashReader(newer.treeSize(), path -> {
            try {
                return ledger.tile(path).orElseThrow(() -> new AssertionError(path + " is not served"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MalformedException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
        return ConsistencyProof.build(older.treeSize(), newer.treeSize(), hashes)
                .proves(older.root(), newer.root());
    }

    /// The entry at a place, out of the bundle that holds it.
    JsonNode entry(long leafIndex, long treeSize) throws Exception {
        long index = leafIndex / TilePath.FULL_WIDTH;
        EntryBundle bundle = bundles.get(index);
        if (bundle == null) {
            TilePath path = new TileLayout(treeSize).entries(index).orElseThrow();
            bundle = ledger.bundle(path).orElseThrow(() -> new AssertionError(path + " is not served"));
            bundles.put(index, bundle);
        }
        return Api.JSON.readTree(bundle.entry((int) (leafIndex % TilePath.FULL_WIDTH)));
    }
}
