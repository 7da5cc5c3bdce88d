package io.meshtrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.ledger.fsck.FsckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `docs/reference/cli.md` is what the commands say of themselves. With `-Dcli.write=true` this test writes it.
class CliReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "cli.md");
    private static final String END_OF_WORDS = "<!-- What follows is what the commands say of themselves. -->\n";

    @CommandLine.Command(name = "serve")
    private static final class NoServer {}

    @Test
    void thePageListsEveryCommandWithItsOptions() throws IOException {
        String page = Files.readString(PAGE);
        int end = page.indexOf(END_OF_WORDS);
        assertThat(end).isPositive();
        StringBuilder made = new StringBuilder(page.substring(0, end)).append(END_OF_WORDS);
        CommandLine root = Commands.of(
                new NoServer(),
                (data, remembered, progress) -> new FsckReport(List.of(), List.of(), 0, List.of(), List.of()),
                (data, state, reason, policy, err) -> List.of(),
                new CommandsTest.NoAnchors());
        root.getSubcommands().forEach((name, command) -> {
            // What belongs to the server itself is told by hand above.
            if (!name.equals("serve")) {
                describe(command, "meshtrail " + name, made);
            }
        });
        if (Boolean.getBoolean("cli.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(made.toString());
    }

    private static void describe(CommandLine command, String name, StringBuilder page) {
        CommandSpec spec = command.getCommandSpec();
        page.append("\n## `").append(name).append("`\n\n");
        page.append(words(spec.usageMessage().description())).append("\n");
        List<String> rows = rows(spec);
        if (!rows.isEmpty()) {
            page.append("\n| Write | What |\n|---|---|\n");
            rows.forEach(row -> page.append(row).append('\n'));
        }
        command.getSubcommands().forEach((inner, sub) -> describe(sub, name + " " + inner, page));
    }

    private static List<String> rows(CommandSpec spec) {
        List<String> rows =
                spec.positionalParameters().stream().map(CliReferenceTest::row).collect(Collectors.toList());
        spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
                .map(CliReferenceTest::row)
                .forEach(rows::add);
        return rows;
    }

    private static String row(PositionalParamSpec parameter) {
        return "| `" + parameter.paramLabel() + "` | " + words(parameter.description()) + " |";
    }

    private static String row(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return "| `" + option.longestName() + value + "`" + (option.required() ? " (needed)" : "") + " | "
                + words(option.description()) + " |";
    }

    private static String words(String[] lines) {
        return Arrays.stream(lines)
                .map(line -> line.replace("|", "\\|").replace("%n", " "))
                .collect(Collectors.joining(" "));
    }
}
