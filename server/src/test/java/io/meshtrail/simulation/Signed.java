package io.meshtrail.simulation;

import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TreeHead;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Every checkpoint that was ever signed, whether or not the state folder got it: the memory of a witness whom nobody
/// can restore from a backup.
final class Signed {
    private final Map<String, TreeMap<Long, TreeHead>> heads = new TreeMap<>();

    /// What is asked when something was signed.
    interface Durable {
        /// The entries of a ledger that no power failure can take.
        long size(String ledger) throws IOException;
    }

    /// Everything signed for a ledger, by size.
    NavigableMap<Long, TreeHead> of(String ledger) {
        return heads.computeIfAbsent(ledger, name -> new TreeMap<>());
    }

    long largest(String ledger) {
        return of(ledger).isEmpty() ? 0 : of(ledger).lastKey();
    }

    /// A note is signed, or shown.
    void see(String ledger, byte[] note) {
        try {
            TreeHead head = Checkpoint.parse(SignedNote.parse(note).text()).head();
            TreeHead earlier = of(ledger).putIfAbsent(head.treeSize(), head);
            if (earlier != null && !earlier.equals(head)) {
                throw new Broken("ledger " + ledger + " has two signed roots at size " + head.treeSize() + ": "
                        + earlier.root() + " and " + head.root());
            }
        } catch (MalformedException damaged) {
            throw new Broken("ledger " + ledger + " has a checkpoint that cannot be read", damaged);
        }
    }

    /// A store that lets nothing be signed unseen.
    CheckpointStore watching(CheckpointStore store, Durable durable) {
        return new CheckpointStore() {
            @Override
            public Optional<byte[]> last(String ledger) throws IOException {
                return store.last(ledger);
            }

            @Override
            public void compareAndSet(String ledger, Optional<byte[]> expected, byte[] next) throws IOException {
                long before = largest(ledger);
                see(ledger, next);
                long size = largest(ledger);
                if (size > before && size > durable.size(ledger)) {
                    throw new Broken("ledger " + ledger + " signs " + size
                            + " entries, a power failure now would leave " + durable.size(ledger));
                }
                store.compareAndSet(ledger, expected, next);
            }
        };
    }
}
