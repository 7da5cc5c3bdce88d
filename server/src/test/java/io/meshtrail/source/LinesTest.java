package io.meshtrail.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinesTest {
    @Test
    void linesAreNumberedAsInAnEditorAndBlankOnesLeftOut() {
        List<Line> lines = Lines.of(bytes("\uFEFFone\r\n\n \t\ntwo\nthree"));
        assertThat(lines.stream().map(line -> line.number() + ":" + line.utf8().text()))
                .containsExactly("1:one", "4:two", "5:three");
        assertThat(lines.getFirst().bytes()).isEqualTo(bytes("one"));
    }

    @Test
    void aBodyOfNothingHasNoLines() {
        assertThat(Lines.of(new byte[0])).isEmpty();
        assertThat(Lines.of(bytes("\r\n\n"))).isEmpty();
        assertThat(Lines.firstByte(bytes("\n "))).isEqualTo(-1);
    }

    @Test
    void theFirstByteTellsJsonFromText() {
        assertThat(Lines.firstByte(bytes("\uFEFF\n {"))).isEqualTo('{');
    }

    @Test
    void aLineOverTheLimitIsNamedWithItsSize() {
        Line line = Lines.of(new byte[Line.LIMIT + 1]).getFirst();
        assertThat(line.isTooLong()).isTrue();
        assertThat(line.tooLong()).isEqualTo(new Decoded.Rejection(1, "line of 1048577 bytes, at most 1048576"));
        assertThat(Lines.of(new byte[Line.LIMIT]).getFirst().isTooLong()).isFalse();
    }

    @Test
    void bytesThatAreNotUtf8AreReplacedAndSaid() {
        Utf8 text = Lines.of(new byte[] {'a', (byte) 0xFF, 'b'}).getFirst().utf8();
        assertThat(text.text()).isEqualTo("a\uFFFDb");
        assertThat(text.damage().orElseThrow()).startsWith("length=3 sha256=");
        assertThat(Utf8.of(bytes("ü"), 0, 2)).isEqualTo(new Utf8("ü", java.util.Optional.empty()));
    }

    @Test
    void thePrefixOfAContainerRuntimeIsTakenOff() {
        assertThat(CriPrefix.strip("2026-08-21T12:00:01.000000001Z stdout F {\"a\":1}"))
                .isEqualTo("{\"a\":1}");
        assertThat(CriPrefix.strip("2026-08-21T12:00:01.000000001+02:00 stderr P x y"))
                .isEqualTo("x y");
        for (String other :
                List.of("", "a", "2026-08-21T12:00:01.000000001Z stdout", "2026-08-21T12:00:01Z info F x")) {
            assertThat(CriPrefix.strip(other)).isEqualTo(other);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
