package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteSignature;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.VerifierKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Two different approvers, and nothing that only looks like them, lift a hold.
class LiftNoteTest {
    private static final String ORIGIN = "log.example/root";
    private static final long AT = 1_795_528_800_000_000_000L;
    private static final Hold HOLD = hold("0123456789abcdef", "case 7");

    private final SigningKey one;
    private final SigningKey other;
    private final List<VerifierKey> approvers;

    LiftNoteTest() throws MalformedException {
        one = key("one.example");
        other = key("other.example");
        approvers = List.of(one.verifierKey(), other.verifierKey());
    }

    private static Hold hold(String id, String caseName) {
        return new Hold(id, caseName, "counsel", Optional.empty(), 0, Long.MAX_VALUE, "", Map.of(), 3, AT);
    }

    private static SigningKey key(String name) throws MalformedException {
        return SigningKey.generate(name, SignatureType.ED25519, new SecureRandom());
    }

    private static String text(Hold hold, long time) {
        return new LiftNote(ORIGIN, hold.id(), hold.caseName(), time).text();
    }

    private static SignedNote signed(String text, SigningKey... keys) {
        List<NoteSignature> signatures =
                Stream.of(keys).map(key -> key.sign(text)).toList();
        return new SignedNote(text, signatures);
    }

    private void assertRefused(SignedNote note, String words) {
        assertThatThrownBy(() -> LiftNote.approved(note, ORIGIN, HOLD, approvers))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(words);
    }

    @Test
    void twoDifferentApproversLiftTheHold() throws MalformedException {
        LiftNote lift = LiftNote.approved(signed(text(HOLD, AT), one, other), ORIGIN, HOLD, approvers);
        assertThat(lift.id()).isEqualTo(HOLD.id());
    }

    @Test
    void oneApproverWhoSignsTwiceIsOne() {
        assertRefused(signed(text(HOLD, AT), one, one), "1 approvers have signed, 2 different ones are needed");
    }

    @Test
    void aStrangersSignatureDoesNotCount() throws MalformedException {
        assertRefused(signed(text(HOLD, AT), one, key("stranger.example")), "1 approvers have signed");
        assertRefused(signed(text(HOLD, AT), key("one.example"), key("other.example")), "");
    }

    @Test
    void anApprovalOfAnotherHoldCaseOrServerLiftsNothing() {
        assertRefused(signed(text(hold("fedcba9876543210", "case 7"), AT), one, other), "hold fedcba9876543210");
        assertRefused(signed(text(hold(HOLD.id(), "case 8"), AT), one, other), "case 8");
        String elsewhere = new LiftNote("other.example/root", HOLD.id(), HOLD.caseName(), AT).text();
        assertRefused(signed(elsewhere, one, other), "the approval is for other.example/root");
    }

    @Test
    void anApprovalFromBeforeTheHoldLiftsNothing() {
        assertRefused(signed(text(HOLD, AT - 1), one, other), "older than the hold");
    }

    @Test
    void aSignatureOverOtherTextSpoilsTheWholeNote() {
        String text = text(HOLD, AT);
        NoteSignature moved = other.sign(text(HOLD, AT + 1));
        assertRefused(new SignedNote(text, List.of(one.sign(text), moved)), "");
    }

    @Test
    void oneKeyUnderTwoNamesIsRefusedAmongTheApprovers() throws MalformedException {
        String again = VerifierKey.of(
                        "alias.example",
                        SignatureType.ED25519,
                        one.verifierKey().raw())
                .toString();
        assertThatThrownBy(() -> LiftNote.keys(List.of(one.verifierKey().toString(), again)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("twice");
    }
}
