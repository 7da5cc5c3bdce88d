package io.meshtrail.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which logs are accepted and which witnesses must have cosigned (C2SP tlog-policy, ledger spec section 9).
///
/// ```
/// log example.com/log+75d830e0+AUTwMo...
/// witness w1 witness.example/w1+b779ee98+BM2Alk... https://w1.example/
/// witness w2 witness.example/w2+a92f89f8+BLUrhC...
/// group both all w1 w2
/// quorum both
/// ```
///
/// @param groups in the order of definition, so that members come before the groups that name them
/// @param quorum the witness or group that must be satisfied; nothing for `none`
public record TlogPolicy(List<Log> logs, List<Witness> witnesses, List<Group> groups, Optional<String> quorum) {
    /// No witness is asked for.
    public static final TlogPolicy NONE = new TlogPolicy(List.of(), List.of(), List.of(), Optional.empty());

    /// A log whose checkpoints are accepted; the key's name is the origin.
    public record Log(VerifierKey key, Optional<String> url) {}

    /// A cosigner under the policy's own name for it.
    public record Witness(String name, VerifierKey key, Optional<String> url) {}

    /// Satisfied when at least `threshold` of its members are.
    public record Group(String name, int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    public TlogPolicy {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
        groups = List.copyOf(groups);
    }

    public static TlogPolicy parse(byte[] bytes) throws MalformedException {
        return new TlogPolicyParser().parse(bytes);
    }

    public List<VerifierKey> logKeys() {
        return logs.stream().map(Log::key).toList();
    }

    public List<VerifierKey> witnessKeys() {
        return witnesses.stream().map(Witness::key).toList();
    }

    /// Whether cosignatures by the witnesses of these names are enough. Names that the policy does not know
    /// count
    /// nothing.
    public boolean isSatisfiedBy(Set<String> witnessNames) {
        if (quorum.isEmpty()) {
            return true;
        }
        Set<String> satisfied = new HashSet<>();
        for (Witness witness : witnesses) {
            if (witnessNames.contains(witness.name())) {
                satisfied.add(witness.name());
            }
        }
        for (Group group : groups) {
            if (group.members().stream().filter(satisfied::contains).count() >= group.threshold()) {
                satisfied.add(group.name());
            }
        }
        return satisfied.contains(quorum.get());
    }

    /// The policy's names of the witnesses among these signers.
    public Set<String> names(List<NoteVerdict.Signer> signers) {
        Map<VerifierKey, String> names = new HashMap<>();
        witnesses.forEach(witness -> names.put(witness.key(), witness.name()));
        Set<String> signed = new HashSet<>();
        for (NoteVerdict.Signer signer : signers) {
            Optional.ofNullable(names.get(signer.key())).ifPresent(signed::add);
        }
        return signed;
    }
}
