package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The ledger of 600 entries that other implementations checked, rebuilt from its entries (must-pass items 6
/// and 13),
/// and a log that Tessera wrote (item 7).
final class SampleLogTest {
    private static final String FOLDER = "sample-log/";
    private static final List<String> FILES = List.of(
            "tile/0/000",
            "tile/0/000.p/1",
            "tile/0/000.p/255",
            "tile/0/001",
            "tile/0/001.p/1",
            "tile/0/001.p/44",
            "tile/0/002.p/88",
            "tile/1/000.p/1",
            "tile/1/000.p/2",
            "tile/entries/000",
            "tile/entries/000.p/1",
            "tile/entries/000.p/255",
            "tile/entries/001",
            "tile/entries/001.p/1",
            "tile/entries/001.p/44",
            "tile/entries/002.p/88");

    @Test
    void everyFileIsRebuiltByteForByteWithItsSignatures() throws Exception {
        Json log = Json.read(FOLDER + "log.json");
        SigningKey key = SigningKey.parse(log.get("signer_key_golang_note").text());
        assertThat(key.verifierKey()).hasToString(log.get("log_key").get("vkey").text());
        assertThat(SigningKey.ofSeed(
                                key.verifierKey().name(),
                                SignatureType.ED25519,
                                log.get("log_key").get("seed_hex").hexBytes())
                        .secret())
                .isEqualTo(key.secret());
        TileFolder folder = new TileFolder();
        checkCheckpoint(folder, key, log);
        for (byte[] entry : SampleLog.entries()) {
            folder.append(entry);
            checkCheckpoint(folder, key, log);
        }
        for (String file : FILES) {
            assertThat(folder.bytes(TilePath.parse(file))).as(file).isEqualTo(Json.bytes(FOLDER + file));
        }
        assertThat(Hash.leaf(folder.bundle(TilePath.entries(0, 256)).entry(3))).isEqualTo(Hash.leaf(new byte[0]));
    }

    private static void checkCheckpoint(TileFolder folder, SigningKey key, Json log) throws Exception {
        String size = Long.toString(folder.size());
        if (log.get("roots_hex").has(size)) {
            assertThat(folder.head().root())
                    .isEqualTo(log.get("roots_hex").get(size).hex());
            Checkpoint checkpoint = Checkpoint.of(log.get("origin").text(), folder.head());
            assertThat(checkpoint.sign(key).bytes()).isEqualTo(Json.bytes(FOLDER + "checkpoints/checkpoint." + size));
        }
    }

    @Test
    void cosignaturesAreRepeatedByteForByteAndMlDsaVerifies() throws Exception {
        Json log = Json.read(FOLDER + "log.json");
        SignedNote note = SignedNote.parse(Json.bytes(FOLDER + "checkpoints/checkpoint.600"));
        List<Json> witnesses = log.get("witness_keys").list();
        List<Json> times = log.get("cosignature_timestamps").list();
        for (int i = 0; i < witnesses.size(); i++) {
            SigningKey witness = SigningKey.ofSeed(
                    witnesses.get(i).get("name").text(),
                    SignatureType.COSIGNATURE_ED25519,
                    witnesses.get(i).get("seed_hex").hexBytes());
            assertThat(witness.verifierKey())
                    .hasToString(witnesses.get(i).get("vkey").text());
            note = note.with(witness.cosign(note.text(), times.get(i).number()));
        }
        assertThat(note.bytes()).isEqualTo(Json.bytes(FOLDER + "cosigned/checkpoint.600.ed25519"));

        Json pq = log.get("ml_dsa_44_witness");
        VerifierKey key = VerifierKey.of(
                pq.get("name").text(),
                SignatureType.COSIGNATURE_ML_DSA_44,
                Base64Text.decode(pq.get("public_key_b64").text(), "key"));
        assertThat(key.keyId()).hasToString(pq.get("key_id_hex").text());
        SignedNote both = SignedNote.parse(Json.bytes(FOLDER + "cosigned/checkpoint.600.ed25519-and-ml-dsa-44"));
        assertThat(Cosignature.treeMessage(key.name(), pq.get("timestamp").number(), both.text()))
                .hasValueSatisfying(message -> assertThat(message)
                        .isEqualTo(pq.get("signed_message_hex").hexBytes()));
        assertThat(both.verify(List.of(key)))
                .isInstanceOfSatisfying(
                        NoteVerdict.Accepted.class,
                        accepted -> assertThat(accepted.signers().get(0).timestamp())
                                .hasValue(pq.get("timestamp").number()));
        Checkpoint other = new Checkpoint(
                "another.example/log", 600, Checkpoint.parse(both.text()).root(), List.of());
        assertThat(new SignedNote(other.text(), both.signatures()).verify(List.of(key)))
                .isInstanceOf(NoteVerdict.Refused.class);
    }

    @Test
    void publishedConsistencyProofsAreBuiltAndTheForkIsCaught() throws Exception {
        Json log = Json.read(FOLDER + "log.json");
        TileFolder folder = SampleLog.folder();
        Json roots = log.get("roots_hex");
        TileHashReader reader = new TileHashReader(600, folder);
        for (Map.Entry<String, ?> one : log.get("consistency_proofs_b64").map().entrySet()) {
            int dash = one.getKey().indexOf('-');
            String oldSize = one.getKey().substring(0, dash);
            String newSize = one.getKey().substring(dash + 1);
            ConsistencyProof proof = ConsistencyProof.build(Long.parseLong(oldSize), Long.parseLong(newSize), reader);
            assertThat(proof.hashes())
                    .isEqualTo(
                            log.get("consistency_proofs_b64").get(one.getKey()).base64s());
            assertThat(proof.proves(roots.get(oldSize).hex(), roots.get(newSize).hex()))
                    .isTrue();
        }
        Json fork = log.get("fork");
        List<VerifierKey> keys =
                List.of(VerifierKey.parse(log.get("log_key").get("vkey").text()));
        SignedNote note = SignedNote.parse(fork.get("checkpoint_600").text());
        assertThat(note.verify(keys)).isInstanceOf(NoteVerdict.Accepted.class);
        TreeHead forked = Checkpoint.parse(note.text()).head();
        TreeHead forkedEarlier = Checkpoint.parse(
                        SignedNote.parse(fork.get("checkpoint_300").text()).text())
                .head();
        ConsistencyProof proof = new ConsistencyProof(
                300, 600, fork.get("consistency_300_600_in_the_fork_b64").base64s());
        assertThat(proof.proves(forkedEarlier.root(), forked.root())).isTrue();
        assertThat(proof.proves(roots.get("300").hex(), forked.root())).isFalse();
        assertThat(ConsistencyProof.build(300, 600, reader)
                        .proves(roots.get("300").hex(), forked.root()))
                .isFalse();
    }

    @Test
    void aLogWrittenByTesseraIsReadAtAllItsSizes() throws Exception {
        VerifierKey key =
                VerifierKey.parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
        for (int size = 0; size <= 15; size++) {
            SignedNote note = SignedNote.parse(Json.bytes("tessera-log/checkpoint." + size));
            assertThat(note.verify(List.of(key))).isInstanceOf(NoteVerdict.Accepted.class);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            assertThat(checkpoint.treeSize()).isEqualTo(size);
            CompactRange range = new CompactRange();
            for (TilePath path : new TileLayout(size).partials()) {
                byte[] bytes = Json.bytes("tessera-log/" + path);
                if (path.isEntries()) {
                    EntryBundle.parse(bytes, size).leafHashes().appendTo(range);
                } else {
                    assertThat(Tile.parse(bytes, size))
                            .isEqualTo(EntryBundle.parse(Json.bytes("tessera-log/" + TilePath.entries(0, size)), size)
                                    .leafHashes());
                }
            }
            assertThat(range.head()).isEqualTo(checkpoint.head());
        }
    }
}
