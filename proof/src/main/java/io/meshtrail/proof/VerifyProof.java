package io.meshtrail.proof;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The offline check of a `.tlog-proof` file (ledger spec section 8), behind `meshtrail verify-proof`. It needs
/// the entry, the file, and a key that came by a trusted way; no server and no library.
public final class VerifyProof {
    /// What is checked, in this order.
    public enum Step {
        /// The file follows its format.
        SYNTAX("syntax"),
        /// A trusted key of the ledger signed the checkpoint.
        LOG_SIGNATURE("log signature"),
        /// The cosignatures verify and satisfy the policy.
        WITNESS_SIGNATURE("witness signature"),
        /// The entry leads to the root of the signed checkpoint.
        INCLUSION("inclusion");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// What came out.
    public sealed interface Result {
        /// The entry is at `leafIndex` of the ledger that `checkpoint` describes.
        ///
        /// @param signers   the ledger's keys that signed
        /// @param cosigners the policy's witnesses that cosigned, with their times
        record Ok(
                long leafIndex,
                Checkpoint checkpoint,
                List<NoteVerdict.Signer> signers,
                List<NoteVerdict.Signer> cosigners)
                implements Result {
            public Ok {
                signers = List.copyOf(signers);
                cosigners = List.copyOf(cosigners);
            }

            /// One line for people.
            public String words() {
                StringBuilder words = new StringBuilder("entry ")
                        .append(leafIndex)
                        .append(" of ")
                        .append(checkpoint.origin())
                        .append(" is in the tree of ")
                        .append(checkpoint.treeSize())
                        .append(" entries with root ")
                        .append(checkpoint.root());
                for (NoteVerdict.Signer cosigner : cosigners) {
                    words.append("; cosigned by ").append(cosigner.key().name());
                    OptionalLong time = cosigner.timestamp();
                    if (time.isPresent()) {
                        words.append(" at ").append(time.getAsLong());
                    }
                }
                return words.toString();
            }
        }

        /// The file proves nothing.
        record Failed(Step step, String words) implements Result {}
    }

    private final LogKeys logKeys;
    private final TlogPolicy policy;

    /// @param logKeys the ledger's keys that are trusted; each key's name is the origin it may sign for
    /// @param policy  the witnesses to ask for, [TlogPolicy#NONE] for none; its logs are not looked at
    public VerifyProof(List<VerifierKey> logKeys, TlogPolicy policy) {
        this.logKeys = new LogKeys(logKeys);
        this.policy = policy;
    }

    /// Trusts the logs that the policy lists.
    public VerifyProof(TlogPolicy policy) {
        this(policy.logKeys(), policy);
    }

    public Result check(byte[] proofFile, byte[] entry) {
        // Step 1 of the spec: our leaf is the entry's bytes as they are.
        return check(proofFile, Hash.leaf(entry));
    }

    public Result check(byte[] proofFile, Hash leafHash) {
        TlogProof proof;
        Checkpoint checkpoint;
        try {
            proof = TlogProof.parse(proofFile);
            checkpoint = proof.checkpoint();
        } catch (MalformedException malformed) {
            return new Result.Failed(Step.SYNTAX, malformed.getMessage());
        }
        // Step 2: a key that is trusted for this origin signed.
        return switch (logKeys.verify(proof.note(), checkpoint)) {
            case NoteVerdict.Refused refused -> new Result.Failed(Step.LOG_SIGNATURE, refused.why());
            case NoteVerdict.Accepted logs -> cosignatures(proof, checkpoint, leafHash, logs.signers());
        };
    }

    /// Step 3: every cosignature by a known witness verifies, and together they are enough.
    private Result cosignatures(
            TlogProof proof, Checkpoint checkpoint, Hash leafHash, List<NoteVerdict.Signer> signers) {
        return switch (proof.note().verifyAny(policy.witnessKeys())) {
            case NoteVerdict.Refused refused -> new Result.Failed(Step.WITNESS_SIGNATURE, refused.why());
            case NoteVerdict.Accepted witnesses -> {
                Set<String> names = policy.names(witnesses.signers());
                yield policy.isSatisfiedBy(names)
                        ? inclusion(proof, checkpoint, leafHash, signers, witnesses.signers())
                        : new Result.Failed(
                                Step.WITNESS_SIGNATURE,
                                "the quorum " + policy.quorum().orElse("none") + " is not reached by " + names);
            }
        };
    }

    /// Step 4: size and root are those of the verified checkpoint, never of anything else in the file.
    private static Result inclusion(
            TlogProof proof,
            Checkpoint checkpoint,
            Hash leafHash,
            List<NoteVerdict.Signer> signers,
            List<NoteVerdict.Signer> cosigners) {
        InclusionProof path = new InclusionProof(proof.leafIndex(), checkpoint.treeSize(), proof.hashes());
        return path.proves(leafHash, checkpoint.root())
                ? new Result.Ok(proof.leafIndex(), checkpoint, signers, cosigners)
                : new Result.Failed(
                        Step.INCLUSION,
                        "the entry with leaf hash " + leafHash + " is not proven to be entry " + proof.leafIndex()
                                + " of " + checkpoint.origin() + " in the tree of " + checkpoint.treeSize()
                                + " entries with root " + checkpoint.root());
    }
}
