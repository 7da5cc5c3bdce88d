/// The mathematics and text formats that an auditor must trust, with nothing but the JDK beneath them.
///
/// **What it is.** The Merkle tree of RFC 6962, its proofs, the C2SP text formats around it (signed notes,
/// checkpoints, cosignatures, proofs, policies) and tlog-tiles, each a small type with a strict parser and a
/// printer;
/// and two checks made of them: one offline, one over HTTP.
///
/// **What comes in and goes out.** Bytes and text from strangers come in; values, or a [MalformedException]
/// that says
/// what is wrong, go out. Proofs are built through one port, [HashReader]; verdicts are values that name the
/// failing
/// step.
///
/// **What always holds.** Nothing has two spellings: what is parsed prints as the same bytes. A size and its
/// root
/// travel together ([TreeHead]). No parser throws anything but [MalformedException]. Values are immutable.
///
/// **Where to start.** [Hash] and [CompactRange] are the tree in two hundred lines; [InclusionProof] and
/// [ConsistencyProof] are RFC 9162's verifiers; [SignedNote], [Checkpoint] and [VerifierKey] say who vouches
/// for a
/// tree. "Ledger spec" in the comments is this project's digest of RFC 6962, RFC 9162 and the C2SP
/// specifications;
/// the format pages in `docs/formats/` tell the same.
@org.jspecify.annotations.NullMarked
package io.meshtrail.proof;
