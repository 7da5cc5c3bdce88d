package io.meshtrail.event;

import java.util.Optional;

/// The place of an entry, printed `security/1234`.
///
/// @param ledger the ledger's name
/// @param leafIndex 0-based
public record Address(String ledger, long leafIndex) implements Comparable<Address> {
    public Address {
        if (leafIndex < 0) {
            throw new IllegalArgumentException("leafIndex " + leafIndex);
        }
    }

    /// Reads `ledger/leafIndex`; empty if the text is none.
    public static Optional<Address> parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(new Address(text.substring(0, slash), Long.parseLong(text.substring(slash + 1))));
    }

    @Override
    public int compareTo(Address other) {
        int byLedger = ledger.compareTo(other.ledger);
        return byLedger != 0 ? byLedger : Long.compare(leafIndex, other.leafIndex);
    }

    @Override
    public String toString() {
        return ledger + "/" + leafIndex;
    }
}
