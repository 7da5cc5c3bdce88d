package io.meshtrail.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The commitment and its spelling.
class PseudonymTest {
    private static final byte[] SALT =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /// Computed with `(printf 'meshtrail/commit/v1\0'; printf SALT; printf alice) | openssl dgst -sha256`.
    @Test
    void theVectorOfTheFormatPageHolds() {
        Pseudonym alice = Pseudonym.of(SALT, "alice".getBytes(StandardCharsets.UTF_8));
        assertThat(alice.commitment().hex())
                .isEqualTo("ea7e910e0c10079008e9180ad8d2249a86eedfdd91768ef6bf1970fc80a32ecd");
        assertThat(alice.toString()).isEqualTo("~6n6RDgwQB5AI6RgK2NIkmobu392Rdo72vxlw_ICjLs0");
        assertThat(Pseudonym.parse(alice.toString())).contains(alice);
    }

    @Test
    void anotherSaltOrValueIsAnotherPseudonym() {
        byte[] other = SALT.clone();
        other[31] ^= 1;
        Pseudonym alice = Pseudonym.of(SALT, "alice".getBytes(StandardCharsets.UTF_8));
        assertThat(Pseudonym.of(other, "alice".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(alice);
        assertThat(Pseudonym.of(SALT, "alicf".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(alice);
    }

    @Test
    void onlyTheOneSpellingIsAPseudonym() {
        String name = "~" + "A".repeat(43);
        assertThat(Pseudonym.parse(name)).isPresent();
        assertThat(Pseudonym.parse("~" + "A".repeat(42) + "B"))
                .as("two bits too many")
                .isEmpty();
        assertThat(Pseudonym.parse("~" + "A".repeat(42))).isEmpty();
        assertThat(Pseudonym.parse("~" + "A".repeat(42) + "+")).isEmpty();
        assertThat(Pseudonym.parse("A" + "A".repeat(43))).isEmpty();
        assertThat(Pseudonym.parse("")).isEmpty();
    }
}
