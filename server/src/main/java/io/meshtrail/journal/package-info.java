/// Durable, ordered intake of one ledger: what is acknowledged and not yet sealed.
///
/// In: entries in leafIndex order. Out: the same, after any crash. Always: what was synced is read back or the
/// damage is named; leafIndexes are dense.
/// Start at [Journal]; `journal.file` is the embedded one.
@NullMarked
package io.meshtrail.journal;

import org.jspecify.annotations.NullMarked;
