package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Signed notes, verifier keys and checkpoints of other implementations (must-pass item 8).
final class NoteVectorsTest {
    @Test
    void verifierKeysAreReadAndWrittenUnchanged() throws Exception {
        Json notes = Json.read("notes/signed-notes.json");
        for (Json key : notes.get("keys").list()) {
            String vkey = key.get("vkey").text();
            assertThat(VerifierKey.parse(vkey)).hasToString(vkey);
            if (key.has("signer_key")) {
                SigningKey signer = SigningKey.parse(key.get("signer_key").text());
                assertThat(signer.verifierKey()).hasToString(vkey);
                assertThat(signer.secret()).isEqualTo(key.get("signer_key").text());
                assertThat(signer.toString()).doesNotContain(signer.secret());
            }
        }
        for (Json key : Json.read("notes/checkpoints.json").get("more_vkeys").list()) {
            assertThat(VerifierKey.parse(key.get("vkey").text()))
                    .hasToString(key.get("vkey").text());
        }
        for (Json bad : notes.get("bad_vkeys").list()) {
            assertThatThrownBy(() -> VerifierKey.parse(bad.get("vkey").text()))
                    .as(bad.get("why").text())
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void validNotesAreAcceptedWithTheStatedSigners() throws Exception {
        for (Json valid : Json.read("notes/signed-notes.json").get("valid").list()) {
            SignedNote note = SignedNote.parse(valid.get("note").text());
            assertThat(note.print()).isEqualTo(valid.get("note").text());
            assertThat(note.verify(keys(valid.get("known_keys"))))
                    .isInstanceOfSatisfying(
                            NoteVerdict.Accepted.class,
                            accepted -> assertThat(accepted.signers())
                                    .hasSize((int) valid.get("verified").number()));
        }
    }

    @Test
    void hostileNotesAreMalformedOrRefused() throws Exception {
        for (Json bad : Json.read("notes/signed-notes.json").get("reject").list()) {
            NoteVerdict verdict;
            try {
                byte[] note = bad.has("note")
                        ? Utf8.encode(bad.get("note").text())
                        : Base64Text.decode(bad.get("note_b64").text(), "note");
                verdict = SignedNote.parse(note).verify(keys(bad.get("known_keys")));
            } catch (MalformedException malformed) {
                verdict = new NoteVerdict.Refused(malformed.getMessage());
            }
            assertThat(verdict).as(bad.get("why").text()).isInstanceOf(NoteVerdict.Refused.class);
        }
    }

    @Test
    void checkpointBodiesAreAcceptedOrRejectedAsStated() throws Exception {
        Json vectors = Json.read("notes/checkpoints.json");
        for (Json valid : vectors.get("body_valid").list()) {
            Checkpoint checkpoint = Checkpoint.parse(valid.get("body").text());
            assertThat(checkpoint.treeSize()).isEqualTo(valid.get("size").number());
            assertThat(checkpoint.text()).isEqualTo(valid.get("body").text());
        }
        for (Json bad : vectors.get("body_reject").list()) {
            assertThatThrownBy(() -> Checkpoint.parse(bad.get("body").text()))
                    .as(bad.get("why").text())
                    .isInstanceOf(MalformedException.class);
        }
        for (Json file : vectors.get("rekor_v1_style_file_cases").list()) {
            String outcome;
            try {
                Checkpoint.parse(SignedNote.parse(file.get("text").text()).text());
                outcome = "ok";
            } catch (MalformedException malformed) {
                outcome = "reject";
            }
            assertThat(outcome)
                    .as(file.get("file").text())
                    .isEqualTo(file.get("parse").text());
        }
    }

    @Test
    void theSpecExampleIsReadWithItsCosignature() throws Exception {
        Json example = Json.read("notes/checkpoints.json").get("spec_example");
        SignedNote note = SignedNote.parse(example.get("with_cosignature").text());
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        assertThat(checkpoint.treeSize()).isEqualTo(example.get("size").number());
        long time = Cosignature.timestamp(note.signatures().get(1).signature());
        assertThat(time).isEqualTo(example.get("cosignature_timestamp").number());
        assertThat(Cosignature.message(time, note.text()))
                .isEqualTo(Utf8.encode(example.get("cosigned_message").text()));
    }

    @Test
    void checkpointsAndProofsOfRunningLogsVerify() throws Exception {
        Json world = Json.read("notes/real-world.json");
        for (Json rekor : world.get("rekor_v2_inclusion").list()) {
            Checkpoint checkpoint = verified(rekor.get("checkpoint"), rekor.get("vkey"));
            assertThat(checkpoint.treeSize()).isEqualTo(rekor.get("size").number());
            assertThat(new InclusionProof(
                                    rekor.get("index").number(),
                                    checkpoint.treeSize(),
                                    rekor.get("proof_b64").base64s())
                            .proves(rekor.get("leaf_hash_hex").hex(), checkpoint.root()))
                    .isTrue();
        }
        Json rekor = world.get("rekor_v1_inclusion");
        assertThat(new InclusionProof(
                                rekor.get("index").number(),
                                rekor.get("size").number(),
                                rekor.get("proof_hex").hexes())
                        .proves(
                                rekor.get("leaf_hash_hex").hex(),
                                rekor.get("root_hex").hex()))
                .isTrue();
        Json sumdb = world.get("go_sumdb_checkpoint");
        assertThat(verified(sumdb.get("checkpoint"), sumdb.get("vkey")).origin())
                .isEqualTo("go.sum database tree");
    }

    private static Checkpoint verified(Json checkpoint, Json vkey) throws MalformedException {
        SignedNote note = SignedNote.parse(checkpoint.text());
        assertThat(note.verify(List.of(VerifierKey.parse(vkey.text())))).isInstanceOf(NoteVerdict.Accepted.class);
        return Checkpoint.parse(note.text());
    }

    private static List<VerifierKey> keys(Json vkeys) throws MalformedException {
        List<VerifierKey> keys = new ArrayList<>();
        for (Json vkey : vkeys.list()) {
            keys.add(VerifierKey.parse(vkey.text()));
        }
        return keys;
    }
}
