package io.meshtrail.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of `docs/concepts/trust.md` and the tests agree: it has the twenty-two attacks, every test that
/// it names is there and runs, and every attack here is in it.
class AttackTableTest {
    private static final int ATTACKS = 22;
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|(?:[^|]+\\|){4} ([^|]+) \\|");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test\\.\\w+)`");
    private static final Pattern TEST =
            Pattern.compile("@(?:Test|ParameterizedTest\\s+@EnumSource)\\s+(?:public )?void (\\w+)\\(");

    private static Map<Integer, List<String>> table() throws IOException {
        Map<Integer, List<String>> table = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "concepts", "trust.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> named = NAMED.matcher(row.group(2))
                        .results()
                        .map(each -> each.group(1))
                        .toList();
                assertThat(table.put(Integer.parseInt(row.group(1)), named))
                        .as(line)
                        .isNull();
            }
        }
        return table;
    }

    /// The tests below a folder, as `Class.method`.
    private static Set<String> tests(Path folder) throws IOException {
        Set<String> tests = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                TEST.matcher(Files.readString(file)).results().forEach(each -> tests.add(name + "." + each.group(1)));
            }
        }
        return tests;
    }

    @Test
    void eachOfTheTwentyTwoAttacksHasTestsThatAreThere() throws IOException {
        Set<String> there = new TreeSet<>();
        for (String module : List.of("server", "proof", "acceptance")) {
            there.addAll(tests(Path.of("..", module, "src", "test", "java")));
        }
        Map<Integer, List<String>> table = table();
        assertThat(table.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ATTACKS).boxed().toList());
        table.forEach(
                (row, named) -> assertThat(named).as("row %d", row).isNotEmpty().isSubsetOf(there));
    }

    @Test
    void eachAttackThatIsATestIsInTheTable() throws IOException {
        Path sources = Path.of("src", "test", "java", "io", "meshtrail");
        Set<String> attacks = tests(sources.resolve("attack"));
        tests(sources.resolve("ledger")).stream()
                .filter(each -> each.startsWith("AttackedServerTest."))
                .forEach(attacks::add);
        attacks.removeIf(each -> each.startsWith("AttackTableTest."));
        assertThat(attacks).hasSizeGreaterThan(ATTACKS);
        assertThat(table().values().stream().flatMap(List::stream)).containsAll(attacks);
    }
}
