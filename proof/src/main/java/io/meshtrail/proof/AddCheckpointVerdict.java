package io.meshtrail.proof;

import java.util.Optional;

/// What a witness must answer to an `add-checkpoint` request, given what it last cosigned (C2SP tlog-witness,
/// ledger spec section 6). A pure function: reading, judging and remembering must be one atomic act for each
/// origin, which is the caller's part, and remembering comes before answering.
public sealed interface AddCheckpointVerdict {
    /// The content type of a body that tells the latest cosigned size.
    String SIZE_CONTENT_TYPE = "text/x.tlog.size";

    /// Remember the head durably, then answer 200 with a cosignature over the note's text.
    record Cosign(TreeHead head) implements AddCheckpointVerdict {}

    /// Answer the status, and the latest cosigned size where one is given.
    record Refuse(int status, String why, Optional<Long> latestSize) implements AddCheckpointVerdict {}

    /// Judges in the order that the specification prescribes. A body that does not parse is a 400 before this.
    ///
    /// @param logKeys the trusted keys of all origins
    /// @param latest  what was last cosigned for the request's origin, [TreeHead#EMPTY] if nothing
    static AddCheckpointVerdict of(AddCheckpointRequest request, LogKeys logKeys, TreeHead latest)
            throws MalformedException {
        String origin = Checkpoint.originOf(request.note().text());
        if (!logKeys.knows(origin)) {
            return refuse(404, "the origin " + Shown.of(origin) + " is not known");
        }
        if (logKeys.verify(request.note(), origin) instanceof NoteVerdict.Refused refused) {
            return refuse(403, refused.why());
        }
        boolean impossible = request.isEmptyTreeWithRoot();
        long treeSize = impossible ? 0 : request.checkpoint().treeSize();
        long oldSize = request.oldSize();
        if (oldSize > treeSize) {
            return refuse(400, "old size " + oldSize + " is above the checkpoint's " + treeSize);
        }
        if (oldSize != latest.treeSize()) {
            return new Refuse(
                    409,
                    "old size " + oldSize + " is not the latest cosigned " + latest.treeSize(),
                    Optional.of(latest.treeSize()));
        }
        if (impossible) {
            return refuse(422, "the tree of no entries cannot have the root that the checkpoint gives it");
        }
        Checkpoint checkpoint = request.checkpoint();
        if (oldSize == 0) {
            return request.hashes().isEmpty()
                    ? new Cosign(checkpoint.head())
                    : refuse(422, "a proof from the empty tree has no hashes");
        }
        ConsistencyProof proof = new ConsistencyProof(oldSize, checkpoint.treeSize(), request.hashes());
        return proof.proves(latest.root(), checkpoint.root())
                ? new Cosign(checkpoint.head())
                : refuse(
                        422,
                        "the tree of " + checkpoint.treeSize() + " entries is not proven to extend the one of "
                                + oldSize + " with root " + latest.root());
    }

    private static Refuse refuse(int status, String why) {
        return new Refuse(status, why, Optional.empty());
    }
}
