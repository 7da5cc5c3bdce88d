package io.meshtrail.ledger;

import java.io.IOException;
import java.util.Optional;

/// What can be read of one ledger, by any thread, while it grows.
public interface LedgerReader {
    String name();

    /// The public key, as one line of text (a C2SP vkey).
    String verifierKey();

    /// The number of entries in the tree.
    long size();

    /// The number of entries under the last published checkpoint.
    long publishedSize();

    /// The number of entries under the last checkpoint that a quorum of witnesses has cosigned; 0 without.
    long witnessedSize();

    /// The first entry that is still here; 0 unless pruned.
    long minIndex();

    /// The number of entries in sealed segments.
    long sealedSize();

    /// Where an entry is on its way.
    Stage stage(long leafIndex);

    /// The exact bytes of an entry, checked against the tree.
    ///
    /// @throws EntryUnavailableException if it is not there (not yet, pruned, or unreadable)
    byte[] entry(long leafIndex) throws IOException;

    /// The last published checkpoint, verbatim, with the cosignatures of its witnesses once there is a quorum; empty
    /// before the first.
    Optional<byte[]> checkpoint();

    /// A hash tile of a C2SP tlog-tiles log.
    ///
    /// @param width 1 to 256 hashes
    /// @return width times 32 bytes; empty if the published tree does not have it
    Optional<byte[]> tile(int level, long index, int width) throws IOException;

    /// An entry bundle of a C2SP tlog-tiles log; empty if the published tree does not have it.
    Optional<byte[]> bundle(long index, int width) throws IOException;

    /// A C2SP `.tlog-proof` of an entry, under the last witnessed checkpoint if that covers it, else under the last
    /// published one; empty until it is published.
    Optional<byte[]> proof(long leafIndex) throws IOException;

    /// The signed statement from which entry on this ledger is served (`docs/formats/minimum.md`), verbatim; empty
    /// before the first checkpoint.
    Optional<byte[]> minimum();

    LedgerStatus status();
}
