package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The holds that are in force, from what `root` says: a hold placed stays until a lift that two approvers of that
/// time have signed. A lift that they have not signed lifts nothing, whoever wrote it.
final class HoldRegister {
    private final Map<String, Hold> holds = new LinkedHashMap<>();
    private List<VerifierKey> approvers = List.of();

    List<Hold> active() {
        return List.copyOf(holds.values());
    }

    Optional<Hold> named(String id) {
        return Optional.ofNullable(holds.get(id));
    }

    List<VerifierKey> approvers() {
        return approvers;
    }

    /// A hold that covers an entry of a range, whatever the event.
    Optional<Hold> over(String ledger, long from, long to) {
        return holds.values().stream()
                .filter(hold -> hold.isWithoutQuery() && hold.meets(ledger, from, to))
                .findFirst();
    }

    /// @param action `hold`, `lift` or `approvers`
    /// @throws MalformedException if the entry says what cannot be; then it changes nothing
    void apply(String action, long rootIndex, AuditEvent event) throws MalformedException {
        try {
            switch (action) {
                case "hold" -> {
                    Hold hold = Hold.of(rootIndex, event);
                    holds.putIfAbsent(hold.id(), hold);
                }
                case "lift" -> lift(event.attributes());
                default ->
                    approvers = LiftNote.keys(
                            event.attributes().getOrDefault("keys", "").lines().toList());
            }
        } catch (IllegalArgumentException wrong) {
            throw new MalformedException(action + ": " + wrong.getMessage());
        }
    }

    private void lift(Map<String, String> says) throws MalformedException {
        Optional<Hold> hold = named(says.getOrDefault("id", ""));
        if (hold.isPresent()) {
            // The hold's id is of this server alone; the origin of `root` may be of an epoch that has ended since.
            SignedNote note = SignedNote.parse(says.getOrDefault("note", ""));
            LiftNote.approved(note, LiftNote.parse(note.text()).origin(), hold.get(), approvers);
            holds.remove(hold.get().id());
        }
    }
}
