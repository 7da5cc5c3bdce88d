/// What the ledger itself costs: appending, publishing, proving, walking and verifying.
///
/// [LedgerBench] is the order of the run. [Appends] and [Publishing] drive the product's own stations in
/// this process, without index and network ([OpenLedger]); [Walk], [Proofs] and the verification ask a
/// server process from outside. Nothing here asserts; it measures.
@NullMarked
package io.meshtrail.bench.ledger;

import org.jspecify.annotations.NullMarked;
