package io.meshtrail.ledger.fsck;

import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// Whether the cosignatures of a ledger's last witnessed note are what they claim: they must satisfy a policy that
/// `root` has on record. Without one on record, only the ledger's own signature can be checked.
final class WitnessedCheck {
    private WitnessedCheck() {}

    /// Takes the note of `ledger/<name>/witnessed`, if there is one, among the claims.
    static void check(
            DataFolder folder,
            String ledger,
            VerifierKey key,
            Set<String> policies,
            HeadClaims claims,
            Findings findings)
            throws IOException {
        String file = "ledger/" + ledger + "/witnessed";
        if (folder.disk().exists(folder.of(file))) {
            byte[] note = folder.disk().read(folder.of(file));
            if (claims.add(note, key, file).isPresent()) {
                trouble(note, policies).ifPresent(words -> findings.add(0, 0, file, words));
            }
        }
    }

    /// @param policies texts of C2SP tlog-policy
    /// @return what is wrong, if anything
    private static Optional<String> trouble(byte[] bytes, Set<String> policies) {
        String found = "no policy on record is satisfied by the cosignatures";
        try {
            SignedNote note = SignedNote.parse(bytes);
            for (String text : policies) {
                TlogPolicy policy = TlogPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
                switch (note.verifyAny(policy.witnessKeys())) {
                    case NoteVerdict.Refused refused -> found = refused.why();
                    case NoteVerdict.Accepted by -> {
                        if (policy.isSatisfiedBy(policy.names(by.signers()))) {
                            return Optional.empty();
                        }
                    }
                }
            }
        } catch (MalformedException damaged) {
            return Optional.of(String.valueOf(damaged.getMessage()));
        }
        return policies.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
