/// What makes events searchable: the hot tables, the snapshot of all rows that a query sees, and the seal
/// that turns hot rows into segments. Everything here is derived and can be rebuilt from the ledger.
///
/// In: integrated events, and the manifest. Out: snapshots. Always: a snapshot has each event exactly once,
/// whatever is being inserted or sealed, and says what it lacks. Start at [Index], then [HotIndex], then
/// [SealStation].
@NullMarked
package io.meshtrail.index;

import org.jspecify.annotations.NullMarked;
