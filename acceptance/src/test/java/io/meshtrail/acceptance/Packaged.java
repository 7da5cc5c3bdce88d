package io.meshtrail.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the build made, and how `bin/meshtrail` starts it. The JVM's options are read from that script, so
/// that the tests run what operators run; only the look whether something must be built first is left out.
final class Packaged {
    private static final Pattern EXEC = Pattern.compile("exec \"\\$JAVA_HOME/bin/java\"(.*?)-cp ", Pattern.DOTALL);
    private static final Pattern DEFAULT_HEAP = Pattern.compile("\\$\\{MESHTRAIL_JAVA_OPTS:-([^}]*)}");

    private Packaged() {}

    /// The repository.
    static Path root() {
        Path root = Path.of(System.getProperty("meshtrail.root", ".."))
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(root.resolve("bin/meshtrail"))) {
            throw new IllegalStateException(root + " is not the repository: it has no bin/meshtrail");
        }
        return root;
    }

    /// `meshtrail` and its arguments as a command line.
    static List<String> command(String... arguments) {
        Path target = root().resolve("server/target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(target + "/lib is missing: package the server first (./mvnw package)");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (!arguments[0].equals("serve")) {
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        }
        command.addAll(options());
        command.addAll(List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*"));
        command.add("io.meshtrail.app.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> options() {
        String script;
        try {
            script = Files.readString(root().resolve("bin/meshtrail"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher exec = EXEC.matcher(script);
        Matcher heap = DEFAULT_HEAP.matcher(script);
        if (!exec.find() || !heap.find()) {
            throw new IllegalStateException(
                    "bin/meshtrail does not end as expected: exec \"$JAVA_HOME/bin/java\" … -cp");
        }
        List<String> options = new ArrayList<>();
        for (String word : exec.group(1).strip().split("\\s+")) {
            if (word.startsWith("-")) {
                options.add(word);
            }
        }
        options.addAll(List.of(heap.group(1).split(" ")));
        return options;
    }
}
