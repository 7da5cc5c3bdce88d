package io.meshtrail.ledger;

import io.meshtrail.event.Timestamp;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// What two approvers sign to lift a hold (`docs/formats/hold.md`).
///
/// @param origin the origin of `root`, so that an approval for one server lifts nothing on another
/// @param id the hold
/// @param caseName its case, for the eyes of who signs
/// @param time when the lifting was asked for, nanoseconds since 1970
public record LiftNote(String origin, String id, String caseName, long time) {
    /// The first line.
    public static final String FIRST_LINE = "meshtrail/lift-hold/v1";

    /// So many different keys must have signed.
    public static final int APPROVALS = 2;

    private static final int LINES = 5;

    /// The text that is signed.
    public String text() {
        return String.join("\n", FIRST_LINE, origin, id, caseName, Timestamp.print(time)) + "\n";
    }

    /// Reads the text of a note, strictly.
    public static LiftNote parse(String text) throws MalformedException {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() != LINES + 1
                || !lines.getLast().isEmpty()
                || !lines.getFirst().equals(FIRST_LINE)) {
            throw new MalformedException("not an approval: five lines were expected, the first " + FIRST_LINE);
        }
        OptionalLong time = Timestamp.parse(lines.get(4));
        LiftNote note = new LiftNote(lines.get(1), lines.get(2), lines.get(3), time.orElse(0));
        if (time.isEmpty() || !note.text().equals(text)) {
            throw new MalformedException("not an approval: its last line is no time with nine digits and Z");
        }
        return note;
    }

    /// Whether two different approvers have signed that this hold be lifted.
    ///
    /// @throws MalformedException saying what is wrong, if not
    public static LiftNote approved(SignedNote note, String origin, Hold hold, Collection<VerifierKey> approvers)
            throws MalformedException {
        LiftNote lift = parse(note.text());
        if (!lift.origin.equals(origin)) {
            throw new MalformedException("the approval is for " + lift.origin + ", this is " + origin);
        }
        if (!lift.id.equals(hold.id()) || !lift.caseName.equals(hold.caseName())) {
            throw new MalformedException("the approval is for hold " + lift.id + " of case " + lift.caseName
                    + ", not for hold " + hold.id() + " of case " + hold.caseName());
        }
        if (lift.time < hold.at()) {
            throw new MalformedException("the approval is older than the hold");
        }
        NoteVerdict verdict = note.verifyAny(approvers);
        return switch (verdict) {
            case NoteVerdict.Refused refused -> throw new MalformedException(refused.why());
            case NoteVerdict.Accepted accepted -> {
                Set<String> keys = new HashSet<>();
                accepted.signers()
                        .forEach(signer ->
                                keys.add(HexFormat.of().formatHex(signer.key().raw())));
                if (keys.size() < APPROVALS) {
                    throw new MalformedException(keys.size() + " approvers have signed, " + APPROVALS
                            + " different ones are needed; known are "
                            + approvers.stream().map(VerifierKey::name).toList());
                }
                yield lift;
            }
        };
    }

    /// Reads approvers' keys: Ed25519, each key once under whatever name.
    ///
    /// @throws MalformedException naming the one that is wrong
    public static List<VerifierKey> keys(List<String> vkeys) throws MalformedException {
        Set<String> seen = new HashSet<>();
        List<VerifierKey> keys = new java.util.ArrayList<>();
        for (String vkey : vkeys) {
            VerifierKey key = VerifierKey.parse(vkey);
            if (key.type() != SignatureType.ED25519) {
                throw new MalformedException("the key of " + key.name() + " is no Ed25519 key for notes");
            }
            if (!seen.add(HexFormat.of().formatHex(key.raw()))) {
                throw new MalformedException("the key of " + key.name() + " is there twice");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }
}
