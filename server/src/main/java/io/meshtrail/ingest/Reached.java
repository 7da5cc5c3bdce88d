package io.meshtrail.ingest;

import io.meshtrail.event.Address;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far the entries of one request came while their sender waited, and the proof of it.
///
/// @param stage what all of them have reached
/// @param proofs a `.tlog-proof` by address, of the first entries
/// @param leftOut how many more entries there are
record Reached(String stage, Map<Address, String> proofs, int leftOut) {
    /// Entries of one answer whose proofs it carries; a proof of a ledger of millions is about a kilobyte.
    static final int MOST_PROOFS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Reached.class);

    static Reached of(String stage, List<Address> addresses, Checkpoints checkpoints) {
        Map<Address, String> proofs = new TreeMap<>();
        List<Address> distinct = addresses.stream().distinct().sorted().toList();
        for (Address address : distinct.subList(0, Math.min(MOST_PROOFS, distinct.size()))) {
            try {
                Optional<String> proof = checkpoints.proof(address);
                proof.ifPresent(text -> proofs.put(address, text));
            } catch (IOException unreadable) {
                // The entry is durable and counted: that is what must be told.
                LOG.warn("The proof of {} cannot be made: {}", address, unreadable.getMessage());
            }
        }
        return new Reached(stage, proofs, Math.max(0, distinct.size() - MOST_PROOFS));
    }
}
