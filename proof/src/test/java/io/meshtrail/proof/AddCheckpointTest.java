package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A witness answers every step of the published sequences (must-pass item 10, the part without a server).
final class AddCheckpointTest {
    @Test
    void everyStepIsAnsweredAsStatedAndTheStateFollows() throws Exception {
        Json vectors = Json.read("witness/add-checkpoint.json");
        LogKeys keys = new LogKeys(
                List.of(VerifierKey.parse(vectors.get("log").get("vkey").text())));
        int steps = 0;
        for (Json sequence : vectors.get("sequences").list()) {
            TreeHead latest = TreeHead.EMPTY;
            for (Json step : sequence.get("steps").list()) {
                Answer answer = answer(step.get("request").text(), keys, latest);
                latest = answer.latest();
                String what =
                        sequence.get("name").text() + ": " + step.get("what").text();
                assertThat(answer.status()).as("%s, %s", what, answer.why()).isEqualTo((int)
                        step.get("status").number());
                assertThat(latest.treeSize())
                        .as(what)
                        .isEqualTo(step.get("size_after").number());
                if (step.has("content_type")) {
                    assertThat(step.get("content_type").text()).isEqualTo(AddCheckpointVerdict.SIZE_CONTENT_TYPE);
                    assertThat(answer.size().orElseThrow() + "\n")
                            .isEqualTo(step.get("body").text());
                }
                steps++;
            }
        }
        assertThat(steps).isEqualTo(24);
    }

    @Test
    void theTransparencyDevWitnessPairIsConsistent() throws Exception {
        Json monkeys = Json.read("witness/add-checkpoint.json").get("monkeys");
        LogKeys keys =
                new LogKeys(List.of(VerifierKey.parse(monkeys.get("log_vkey").text())));
        SignedNote five = SignedNote.parse(monkeys.get("checkpoint_5").text());
        SignedNote eight = SignedNote.parse(monkeys.get("checkpoint_8").text());
        Answer first = answer(new AddCheckpointRequest(0, List.of(), five).print(), keys, TreeHead.EMPTY);
        assertThat(first.status()).isEqualTo(200);
        AddCheckpointRequest growth =
                new AddCheckpointRequest(5, monkeys.get("consistency_5_8_hex").hexes(), eight);
        assertThat(answer(growth.print(), keys, first.latest()).status()).isEqualTo(200);
    }

    @Test
    void anEmptyTreeWithARootIsRefusedAsSuchOnlyIfTheLogSignedIt() throws Exception {
        SigningKey log = SigningKey.ofSeed("log.example", SignatureType.ED25519, new byte[32]);
        LogKeys keys = new LogKeys(List.of(log.verifierKey()));
        String text = "log.example\n0\n" + Hash.leaf(new byte[1]).base64() + "\n";
        String signed = new SignedNote(text, List.of(log.sign(text))).print();
        assertThat(answer("old 0\n\n" + signed, keys, TreeHead.EMPTY).status()).isEqualTo(422);
        assertThat(answer("old 1\n\n" + signed, keys, TreeHead.EMPTY).status()).isEqualTo(400);
        TreeHead one = new TreeHead(1, Hash.leaf(new byte[1]));
        assertThat(answer("old 0\n\n" + signed, keys, one).status()).isEqualTo(409);
        String unsigned =
                signed.replace(log.sign(text).line(), log.sign("other\n").line());
        assertThat(answer("old 0\n\n" + unsigned, keys, TreeHead.EMPTY).status())
                .isEqualTo(403);
        assertThat(answer("old 0\n\n" + signed.replace("\n0\n", "\n00\n"), keys, TreeHead.EMPTY)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aWitnessSignsWithMlDsaToo() throws Exception {
        SigningKey log = SigningKey.ofSeed("log.example", SignatureType.ED25519, new byte[32]);
        SigningKey witness = SigningKey.ofSeed("w.example", SignatureType.COSIGNATURE_ML_DSA_44, new byte[32]);
        SignedNote note = Checkpoint.of("log.example", TreeHead.EMPTY).sign(log);
        SignedNote cosigned = note.with(witness.cosign(note.text(), 1_700_000_000));
        assertThat(SigningKey.parse(witness.secret()).verifierKey()).isEqualTo(witness.verifierKey());
        NoteVerdict.Accepted by =
                (NoteVerdict.Accepted) SignedNote.parse(cosigned.bytes()).verify(List.of(witness.verifierKey()));
        assertThat(by.signers().getFirst().timestamp()).hasValue(1_700_000_000);
        SignedNote other =
                new SignedNote(Checkpoint.of("other.example", TreeHead.EMPTY).text(), cosigned.signatures());
        assertThat(other.verify(List.of(witness.verifierKey()))).isInstanceOf(NoteVerdict.Refused.class);
    }

    @Test
    void theAnswersOfAWitnessAreReadStrictly() throws Exception {
        SigningKey witness = SigningKey.ofSeed("w.example", SignatureType.COSIGNATURE_ED25519, new byte[32]);
        String line = witness.cosign("text\n", 1).line() + "\n";
        assertThat(AddCheckpointAnswer.cosignatures(Utf8.encode(line + line))).hasSize(2);
        assertThat(AddCheckpointAnswer.latestSize(Utf8.encode("600\n"))).isEqualTo(600);
        for (String bad : List.of("", "600", "600\n\n", "+6\n", "x\n")) {
            assertThatThrownBy(() -> AddCheckpointAnswer.latestSize(Utf8.encode(bad)))
                    .as(bad)
                    .isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> AddCheckpointAnswer.cosignatures(Utf8.encode(bad)))
                    .as(bad)
                    .isInstanceOf(MalformedException.class);
        }
    }

    private record Answer(int status, String why, Optional<Long> size, TreeHead latest) {}

    private static Answer answer(String body, LogKeys keys, TreeHead latest) {
        try {
            return switch (AddCheckpointVerdict.of(AddCheckpointRequest.parse(Utf8.encode(body)), keys, latest)) {
                case AddCheckpointVerdict.Cosign cosign -> new Answer(200, "", Optional.empty(), cosign.head());
                case AddCheckpointVerdict.Refuse refuse ->
                    new Answer(refuse.status(), refuse.why(), refuse.latestSize(), latest);
            };
        } catch (MalformedException malformed) {
            return new Answer(400, malformed.getMessage(), Optional.empty(), latest);
        }
    }
}
