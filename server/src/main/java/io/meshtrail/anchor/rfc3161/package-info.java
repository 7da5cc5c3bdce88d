/// Time stamps of checkpoints by an RFC 3161 authority, asked for and checked with Bouncy Castle.
///
/// In: a checkpoint. Out: the authority's signed word that it existed by then, and everything needed to
/// check that once the authority is gone. Always: a token that [TimeStampVerifier] does not accept is never
/// a receipt.
/// Start at [TimeStampAnchor], then [TimeStampVerifier].
@NullMarked
package io.meshtrail.anchor.rfc3161;

import org.jspecify.annotations.NullMarked;
