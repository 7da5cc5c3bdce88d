package io.meshtrail.source.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Walks the golden files. `-Dgolden.rewrite=true` writes what the decoder says now; review the difference
/// like code.
final class GoldenTest {
    @TestFactory
    Stream<DynamicTest> everyRecordingDecodesToTheEventsBesideIt() {
        return GoldenFiles.inputs().stream()
                .map(file -> DynamicTest.dynamicTest(
                        GoldenFiles.FOLDER.relativize(file).toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path expected = file.resolveSibling(name.substring(0, name.length() - 4) + ".events.json");
        String actual = GoldenFiles.print(GoldenFiles.decode(file));
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }
}
