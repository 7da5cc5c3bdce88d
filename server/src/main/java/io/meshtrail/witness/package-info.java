/// Vouching from outside, both sides of C2SP tlog-witness.
///
/// A [io.meshtrail.witness.Witness] remembers, for each log it knows, the largest tree that it has cosigned, and
/// cosigns only what is proven to extend it: in go the bytes of a request, out comes an answer. It has no ledger and
/// needs none.
///
/// [io.meshtrail.witness.Cosigners] is the log's side, a station after the publisher: in go signed checkpoints, out
/// come notes with the cosignatures of a quorum. It asks before anything is signed, and when a witness knows a larger
/// or another tree, it stops the server: a ledger that was rolled back must not sign again.
///
/// Always: a witness has its memory on disk before it answers; a cosignature counts only if it verifies with a key of
/// the policy; nothing here waits on the way of an event.
@NullMarked
package io.meshtrail.witness;

import org.jspecify.annotations.NullMarked;
