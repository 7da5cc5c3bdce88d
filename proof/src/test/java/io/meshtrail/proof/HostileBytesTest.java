package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Parsers answer any bytes with a value or a [MalformedException], nothing else; and a value prints as what
/// was
/// read.
final class HostileBytesTest {
    private static final int ROUNDS = 8_000;

    /// Prints a parsed value again.
    private interface RoundTrip {
        String of(byte[] bytes) throws MalformedException;
    }

    private static final List<RoundTrip> TEXTS = List.of(
            bytes -> SignedNote.parse(bytes).print(),
            bytes -> Checkpoint.parse(Utf8.decode(bytes, "checkpoint")).text(),
            bytes -> VerifierKey.parse(Utf8.decode(bytes, "vkey")).toString(),
            bytes -> SigningKey.parse(Utf8.decode(bytes, "secret")).secret(),
            bytes -> TlogProof.parse(bytes).print(),
            bytes -> AddCheckpointRequest.parse(bytes).print(),
            bytes -> TilePath.parse(Utf8.decode(bytes, "path")).toString(),
            bytes -> Hash.fromHex(Utf8.decode(bytes, "hash")).hex(),
            bytes -> Hash.fromBase64(Utf8.decode(bytes, "hash")).base64(),
            bytes -> NoteSignature.parse(Utf8.decode(bytes, "line")).line());

    @Test
    void randomlyDamagedTextIsReadBackExactlyOrRejected() throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        List<byte[]> samples = List.of(
                Json.bytes("proofs/valid-extra-280-of-600.tlog-proof"),
                Json.bytes("sample-log/cosigned/checkpoint.600.ed25519"),
                Utf8.encode("meshtrail.example/sample-log\n1\n1nh7xONTdMS6TBoHBVQbIW+2akt3WJ6RwK4rxSsZM8w=\n"),
                Utf8.encode("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
                Utf8.encode("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"),
                Utf8.encode("tile/entries/x001/x234/067.p/17"),
                Utf8.encode("old 3\n\nlog\n5\n1nh7xONTdMS6TBoHBVQbIW+2akt3WJ6RwK4rxSsZM8w=\n\n\u2014 log ddgw4Oo6\n"));
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(samples.get(random.nextInt(samples.size())), random);
            for (RoundTrip parser : TEXTS) {
                try {
                    assertThat(Utf8.encode(parser.of(bytes)))
                            .as("seed %d, round %d", seed, round)
                            .isEqualTo(bytes);
                } catch (MalformedException named) {
                    assertThat(named.getMessage()).isNotBlank();
                }
            }
        }
    }

    @Test
    void randomBytesAreAPolicyATileABundleOrARejection() throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        byte[] policy = Utf8.encode(Json.read("policy/tlog-policy.json")
                .get("valid")
                .list()
                .get(2)
                .get("policy")
                .text());
        byte[] bundle = Json.bytes("sample-log/tile/entries/002.p/88");
        for (int round = 0; round < ROUNDS; round++) {
            try {
                TlogPolicy.parse(damaged(policy, random));
            } catch (MalformedException named) {
                assertThat(named.getMessage()).isNotBlank();
            }
            byte[] bytes = damaged(bundle, random);
            int width = random.nextInt(260) - 2;
            try {
                EntryBundle parsed = EntryBundle.parse(bytes, width);
                assertThat(parsed.bytes()).as("seed %d, round %d", seed, round).isEqualTo(bytes);
                assertThat(parsed.leafHashes().width()).isEqualTo(width);
            } catch (MalformedException named) {
                assertThat(named.getMessage()).isNotBlank();
            }
            try {
                Tile.parse(bytes, width);
            } catch (MalformedException named) {
                assertThat(named.getMessage()).isNotBlank();
            }
        }
    }

    /// Most often a few changed bytes, sometimes a cut, a doubling, or noise from end to end.
    private static byte[] damaged(byte[] sample, Random random) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        int length = kind == 1 ? random.nextInt(sample.length + 1) : sample.length;
        byte[] bytes = new byte[kind == 2 ? 2 * length : length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = sample[i % sample.length];
        }
        String likely = "\n\n\r \t+=/09xAZaz-.#\0";
        for (int change = random.nextInt(3); change > 0 && bytes.length > 0; change--) {
            bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) likely.charAt(random.nextInt(likely.length()));
        }
        return bytes;
    }
}
