package io.meshtrail.source.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.source.Decoded;
import io.meshtrail.source.GoldenFolder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Utf8;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The samples of OTLP logs, in both encodings.
final class OtlpGoldenTest {
    private static final ToldAsDecoded DECODER = new ToldAsDecoded();
    private static final GoldenFolder FOLDER = new GoldenFolder(OtlpLogDecoder.FORMAT, DECODER);

    @TestFactory
    Stream<DynamicTest> everySampleIsReadAsBefore() throws IOException {
        return FOLDER.tests();
    }

    /// What the two encodings cannot have alike is the bytes of a record, and so its identity.
    @Test
    void protobufTellsWhatJsonTells() {
        int compared = 0;
        for (byte[] input : FOLDER.inputs()) {
            String text = Utf8.of(input, 0, input.length).text();
            if (!text.startsWith("{\n")) {
                continue;
            }
            byte[] protobuf = ExportBytes.of(text);
            List<Decoded> expected = DECODER.decode(input, Hints.none(GoldenFolder.RECEIVED));
            List<Decoded> found = DECODER.decode(protobuf, Hints.none(GoldenFolder.RECEIVED));
            assertThat(found.stream().map(OtlpGoldenTest::without).toList())
                    .isEqualTo(expected.stream().map(OtlpGoldenTest::without).toList());
            compared += found.size();
        }
        assertThat(compared).isGreaterThan(30);
    }

    private static Object without(Decoded decoded) {
        return decoded instanceof Decoded.Event event ? event.event() : decoded;
    }

    @Test
    void anEmptyExportIsAnExport() {
        assertThat(DECODER.decode(new byte[0], Hints.none(GoldenFolder.RECEIVED)))
                .isEmpty();
        assertThat(DECODER.decode("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), Hints.none(1)))
                .isEmpty();
    }
}
