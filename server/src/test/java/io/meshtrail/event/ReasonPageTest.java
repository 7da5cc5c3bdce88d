package io.meshtrail.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds `docs/reference/reasons.md` against the list of codes.
final class ReasonPageTest {
    private static final Path PAGE = Path.of("../docs/reference/reasons.md");

    @Test
    void thePageListsEachCodeWithItsMeaningInTheOrderOfTheList() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> expected = Arrays.stream(Reason.values())
                .map(reason -> "| `" + reason.code() + "` | " + reason.meaning() + " |")
                .toList();
        assertThat(rows).isEqualTo(expected);
    }
}
