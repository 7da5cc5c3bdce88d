/// The check of a whole data folder from its bytes alone: what operators run as `meshtrail verify --data`,
/// and what closes
/// the tests that wrote something. It never needs the state folder, and works beside a running server.
///
/// In: a data folder. Out: an [FsckReport] that names each bad ledger, entry range and file. Always: a
/// flipped bit in any
/// file is found.
/// Start at [Fsck].
@NullMarked
package io.meshtrail.ledger.fsck;

import org.jspecify.annotations.NullMarked;
