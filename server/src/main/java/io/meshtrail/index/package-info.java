/// What makes events searchable: the hot table, and the snapshot of all rows that a query sees. Everything
/// here is
/// derived
/// and can be rebuilt from the ledger.
///
/// Start at [Index].
@NullMarked
package io.meshtrail.index;

import org.jspecify.annotations.NullMarked;
