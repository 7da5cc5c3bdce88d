/// The append-only Merkle logs: leaves, tiles, checkpoints.
///
/// In: submissions. Out: receipts, and everything a stranger needs to check them. Always: leafIndexes are
/// dense;
/// nothing is
/// acknowledged before it is durable; nothing is signed before it is durable; a checkpoint is consistent with
/// all
/// before it.
/// Start at [Appender], then [Ledger].
@NullMarked
package io.meshtrail.ledger;

import org.jspecify.annotations.NullMarked;
