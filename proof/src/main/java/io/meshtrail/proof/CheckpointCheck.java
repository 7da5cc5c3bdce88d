package io.meshtrail.proof;

import java.util.List;
import java.util.Set;

/// Whether a signed checkpoint may be believed: a trusted key of the ledger that it names signed it, and
/// the witnesses that a policy demands cosigned it (ledger spec sections 3, 5 and 9).
public final class CheckpointCheck {
    /// What came out.
    public sealed interface Result {
        /// It may.
        ///
        /// @param cosigners the policy's witnesses that cosigned, with their times
        record Trusted(Checkpoint checkpoint, List<NoteVerdict.Signer> cosigners) implements Result {
            public Trusted {
                cosigners = List.copyOf(cosigners);
            }
        }

        /// It may not.
        record Refused(String why) implements Result {}
    }

    private final LogKeys keys;
    private final TlogPolicy policy;

    /// @param keys each key's name is the origin it may sign for
    public CheckpointCheck(List<VerifierKey> keys, TlogPolicy policy) {
        this.keys = new LogKeys(keys);
        this.policy = policy;
    }

    public Result check(SignedNote note) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(note.text());
        } catch (MalformedException malformed) {
            return new Result.Refused(malformed.getMessage());
        }
        return switch (keys.verify(note, checkpoint)) {
            case NoteVerdict.Refused refused -> new Result.Refused(refused.why());
            case NoteVerdict.Accepted signed -> cosigned(note, checkpoint);
        };
    }

    /// A statement of the minimum index, if a trusted key of the ledger signed it.
    ///
    /// @throws MalformedException if it may not be believed
    MinimumIndex minimum(SignedNote note, String origin) throws MalformedException {
        return MinimumIndex.verified(note, origin, keys.keys());
    }

    private Result cosigned(SignedNote note, Checkpoint checkpoint) {
        return switch (note.verifyAny(policy.witnessKeys())) {
            case NoteVerdict.Refused refused -> new Result.Refused(refused.why());
            case NoteVerdict.Accepted witnesses -> {
                Set<String> names = policy.names(witnesses.signers());
                yield policy.isSatisfiedBy(names)
                        ? new Result.Trusted(checkpoint, witnesses.signers())
                        : new Result.Refused(
                                "the quorum " + policy.quorum().orElse("none") + " is not reached by " + names);
            }
        };
    }
}
