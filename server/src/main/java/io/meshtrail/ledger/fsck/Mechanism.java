package io.meshtrail.ledger.fsck;

/// What finds an attack. Tests of attacks switch single ones off, to see that it was they that found it;
/// nothing else can.
enum Mechanism {
    /// A head that was signed is compared with the entries.
    HEADS,
    /// The number of entries is compared with what was signed.
    SIZES,
    /// A signature is verified.
    SIGNATURES,
    /// A segment's bytes are compared with the SHA-256 of its seal.
    FILE_SUMS,
    /// A segment's rows are compared with the Merkle root of its seal.
    RANGE_ROOTS,
    /// A segment's sidecar is compared with its seal and its rows.
    SIDECARS,
    /// The manifest is compared with the seals that `root` records.
    SEALS,
    /// Stored tiles are compared with the entries.
    TILES,
    /// What is gone is held against the prunings, terms and holds that `root` records.
    PRUNINGS
}
