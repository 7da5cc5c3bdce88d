package io.meshtrail.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the code against the map in ARCHITECTURE.md: the map is the rule, so it cannot go stale.
class ArchitectureTest {
    private static final String BASE = "io.meshtrail.";
    private static final Set<String> ADAPTERS = Set.of(
            BASE + "host.system",
            BASE + "journal.file",
            BASE + "objectstore.file",
            BASE + "engine.duckdb",
            BASE + "anchor.git",
            BASE + "anchor.webhook",
            BASE + "anchor.rfc3161",
            BASE + "anchor.s3",
            BASE + "query.embedded",
            BASE + "witness.http");

    /// Third-party packages, and the only packages of ours that may name them.
    private static final Map<String, Set<String>> OWNERS = Map.ofEntries(
            Map.entry("org.duckdb", Set.of("engine")),
            Map.entry("org.apache.arrow", Set.of("engine")),
            Map.entry("com.linecorp.armeria", Set.of("ingest", "api", "http", "witness")),
            Map.entry("io.grpc", Set.of("ingest")),
            Map.entry("io.micrometer", Set.of("ingest", "api", "app")),
            Map.entry("com.github.luben", Set.of("ingest", "api")),
            Map.entry("info.picocli", Set.of("cli", "app")),
            Map.entry("picocli", Set.of("cli", "app")),
            Map.entry("io.fabric8", Set.of("change")),
            Map.entry("org.bouncycastle", Set.of("anchor")),
            Map.entry("software.amazon", Set.of("anchor")),
            Map.entry("com.google.protobuf", Set.of()));

    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    private static Map<String, Row> map = Map.of();
    private static JavaClasses classes = new ClassFileImporter().importClasses();

    private record Row(String what, Set<String> mayUse) {}

    @BeforeAll
    static void read() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("..", "ARCHITECTURE.md"))) {
            Matcher row =
                    Pattern.compile("\\| `([a-z]+)` \\| (.*) \\| ([^|]*) \\|").matcher(line);
            if (row.matches()) {
                Set<String> mayUse = Arrays.stream(row.group(3).split(","))
                        .map(String::strip)
                        .filter(name -> !name.equals("—"))
                        .collect(Collectors.toCollection(HashSet::new));
                rows.put(row.group(1), new Row(row.group(2), mayUse));
            }
        }
        map = rows;
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.meshtrail");
    }

    @Test
    void everyPackageIsOnTheMapAndUsesOnlyWhatTheMapAllows() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : classes) {
            String from = station(each);
            Row row = map.get(from);
            if (row == null) {
                wrong.add("package " + from + " is not on the map");
                continue;
            }
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                String to = station(dependency.getTargetClass());
                if (to.isEmpty()
                        || to.equals(from)
                        || row.mayUse().contains(to)
                        || row.mayUse().contains("all")) {
                    continue;
                }
                wrong.add(from + " may not use " + to + ": " + dependency.getDescription());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theTypesThatTheMapNamesExist() {
        Set<String> missing = new TreeSet<>();
        map.forEach((name, row) -> {
            Set<String> there = classes.stream()
                    .filter(each -> station(each).equals(name))
                    .map(JavaClass::getSimpleName)
                    .collect(Collectors.toSet());
            Matcher type = TYPE.matcher(row.what());
            while (type.find()) {
                boolean elsewhere =
                        classes.stream().anyMatch(each -> each.getSimpleName().equals(type.group(1)));
                if (!there.contains(type.group(1)) && !elsewhere) {
                    missing.add(name + ": " + type.group(1));
                }
            }
        });
        assertThat(map).isNotEmpty();
        assertThat(missing).isEmpty();
    }

    @Test
    void adaptersAreNamedOnlyInApp() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : classes) {
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                String to = dependency.getTargetClass().getPackageName();
                if (ADAPTERS.contains(to)
                        && !each.getPackageName().equals(to)
                        && !station(each).equals("app")) {
                    wrong.add(dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void sourcesDoNotKnowOneAnother() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : classes) {
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                String from = each.getPackageName();
                String to = dependency.getTargetClass().getPackageName();
                if (from.startsWith(BASE + "source.") && to.startsWith(BASE + "source.") && !from.equals(to)) {
                    wrong.add(dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("io.meshtrail.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void eachLibraryStaysInThePackageThatOwnsIt() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : classes) {
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                String to = dependency.getTargetClass().getPackageName();
                OWNERS.forEach((library, owners) -> {
                    if ((to + ".").startsWith(library + ".") && !owners.contains(station(each))) {
                        wrong.add(station(each) + " uses " + library + ": " + dependency.getDescription());
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    /// `cli` runs on a person's machine and writes the files he asks for; `proof` runs at an auditor's; an
    /// engine owns
    /// threads and clocks behind its port.
    @Test
    void onlyHostTouchesClocksThreadsFilesAndRandomness() {
        Set<String> free = Set.of("host", "cli", "proof", "app");
        List<String> doors = List.of(
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.time.Instant.now",
                "java.time.Clock.system",
                "java.nio.file.Files.",
                "java.nio.channels.FileChannel.open",
                "java.security.SecureRandom.<init>",
                "java.util.concurrent.ThreadLocalRandom.current",
                "java.lang.Math.random",
                "java.lang.Thread.<init>",
                "java.lang.Thread.ofPlatform",
                "java.lang.Thread.ofVirtual",
                "java.lang.Thread.startVirtualThread");
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : classes) {
            if (free.contains(station(each)) || each.getPackageName().equals(BASE + "engine.duckdb")) {
                continue;
            }
            for (JavaAccess<?> access : each.getAccessesFromSelf()) {
                String target = access.getTargetOwner().getName() + "."
                        + access.getTarget().getName();
                if (doors.stream().anyMatch(target::startsWith)) {
                    wrong.add(access.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String station(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(BASE)) {
            return "";
        }
        String rest = name.substring(BASE.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
