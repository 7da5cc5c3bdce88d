package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The good `.tlog-proof` files are accepted, the bad ones refused at the stated step (must-pass item 9).
final class VerifyProofTest {
    @Test
    void goodProofsAreAcceptedAndPrintedUnchanged() throws Exception {
        Json expect = Json.read("proofs/expect.json");
        List<byte[]> entries = SampleLog.entries();
        for (Map.Entry<String, ?> one : expect.get("valid").map().entrySet()) {
            Json stated = expect.get("valid").get(one.getKey());
            byte[] file = Json.bytes("proofs/" + one.getKey() + ".tlog-proof");
            assertThat(TlogProof.parse(file).print().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(file);
            VerifyProof.Result result = verifier(one.getKey())
                    .check(file, entries.get((int) stated.get("index").number()));
            assertThat(result).as(one.getKey()).isInstanceOfSatisfying(VerifyProof.Result.Ok.class, ok -> {
                assertThat(ok.leafIndex()).isEqualTo(stated.get("index").number());
                assertThat(ok.words()).contains("meshtrail.example/sample-log");
            });
            assertThat(verifier(one.getKey())
                            .check(file, stated.get("leaf_hash_hex").hex()))
                    .isInstanceOf(VerifyProof.Result.Ok.class);
        }
    }

    @Test
    void badProofsFailAtTheStatedStep() throws Exception {
        Json expect = Json.read("proofs/expect.json");
        for (Map.Entry<String, ?> one : expect.get("bad").map().entrySet()) {
            Json stated = expect.get("bad").get(one.getKey());
            // The fork's checkpoint was never shown to a witness; only its path is wrong.
            VerifyProof.Result result = verifier(one.getKey().equals("other-tree-same-size") ? "alone" : "of-600")
                    .check(
                            Json.bytes("proofs/bad-" + one.getKey() + ".tlog-proof"),
                            stated.get("leaf_hash_hex").hex());
            assertThat(result)
                    .as(one.getKey())
                    .isInstanceOfSatisfying(
                            VerifyProof.Result.Failed.class,
                            failed -> assertThat(failed.step().toString())
                                    .isEqualTo(stated.get("must_fail_at").text()));
        }
    }

    @Test
    void anotherEntryAnotherOriginAndAMissingQuorumAreRefused() throws Exception {
        byte[] file = Json.bytes("proofs/valid-280-of-600.tlog-proof");
        List<byte[]> entries = SampleLog.entries();
        assertStep(verifier("of-600").check(file, entries.get(281)), VerifyProof.Step.INCLUSION);

        SigningKey other = SigningKey.ofSeed("another.example/log", SignatureType.ED25519, new byte[32]);
        assertStep(
                new VerifyProof(List.of(other.verifierKey()), TlogPolicy.NONE).check(file, entries.get(280)),
                VerifyProof.Step.LOG_SIGNATURE);

        byte[] alone = Json.bytes("proofs/valid-0-of-1.tlog-proof");
        assertStep(verifier("of-600").check(alone, entries.get(0)), VerifyProof.Step.WITNESS_SIGNATURE);
    }

    @Test
    void aReceiptMadeFromTilesVerifiesOffline() throws Exception {
        TileFolder folder = SampleLog.folder();
        SigningKey key = SigningKey.ofSeed("some.example/traffic", SignatureType.ED25519, new byte[32]);
        SignedNote note = Checkpoint.of("some.example/traffic", folder.head()).sign(key);
        InclusionProof inclusion = InclusionProof.build(299, 600, new TileHashReader(600, folder));
        byte[] file = Utf8.encode(TlogProof.of(inclusion, note).print());
        assertThat(new VerifyProof(List.of(key.verifierKey()), TlogPolicy.NONE)
                        .check(file, SampleLog.entries().get(299)))
                .isInstanceOf(VerifyProof.Result.Ok.class);
    }

    private static void assertStep(VerifyProof.Result result, VerifyProof.Step step) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        VerifyProof.Result.Failed.class,
                        failed -> assertThat(failed.step()).isEqualTo(step));
    }

    private static VerifyProof verifier(String name) throws Exception {
        Json expect = Json.read("proofs/expect.json");
        List<VerifierKey> log = List.of(VerifierKey.parse(expect.get("log_vkey").text()));
        if (!name.endsWith("of-600")) {
            return new VerifyProof(log, TlogPolicy.NONE);
        }
        List<TlogPolicy.Witness> witnesses = new ArrayList<>();
        for (Json vkey : expect.get("witness_vkeys").list()) {
            witnesses.add(new TlogPolicy.Witness(
                    "w" + (witnesses.size() + 1), VerifierKey.parse(vkey.text()), Optional.empty()));
        }
        TlogPolicy.Group both = new TlogPolicy.Group("both", 2, List.of("w1", "w2"));
        return new VerifyProof(log, new TlogPolicy(List.of(), witnesses, List.of(both), Optional.of("both")));
    }
}
