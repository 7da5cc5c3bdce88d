package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeedleHashTest {
    private static long hash(String text, long seed) {
        byte[] bytes = ("--" + text + "--").getBytes(StandardCharsets.UTF_8);
        return NeedleHash.of(bytes, 2, bytes.length - 2, seed);
    }

    @Test
    void publishedValuesOfXxh64ComeOut() {
        Map<String, Long> published = Map.of(
                "", 0xEF46_DB37_51D8_E999L,
                "a", 0xD24E_C4F1_A98C_6E5BL,
                "abc", 0x44BC_2CF5_AD77_0999L,
                "Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1L);
        published.forEach((text, hash) -> assertThat(hash(text, 0)).as(text).isEqualTo(hash));
        assertThat(hash("xxhash", 20_141_025)).isEqualTo(0xB559_B98D_844E_0635L);
    }
}
