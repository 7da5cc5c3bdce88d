package io.meshtrail.segment;

import io.meshtrail.proof.Hash;

/// Rows that were written for a seal do not hash to what the tree says. Nothing was published or removed, the
/// journal has every entry; but memory, disk or software lied, so ingest must stop.
public final class SealMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealMismatchException(String ledger, long from, long to, Hash expected, Hash found) {
        super("seal of " + ledger + " " + from + ".." + to + ": the tree has root " + expected
                + ", the rows read back have " + found);
    }

    SealMismatchException(String ledger, long from, long to, Hash expected, BrokenRowsException broken) {
        super(
                "seal of " + ledger + " " + from + ".." + to + ": the tree has root " + expected
                        + ", the rows read back have none: " + broken.getMessage(),
                broken);
    }
}
