package io.meshtrail.demo;

import io.meshtrail.demo.child.Leash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A witness beside Meshtrail, as a process of its own, so that events become witnessed. Real witnesses run elsewhere
/// and
/// belong to somebody else.
final class DemoWitness implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("^key (\\S+)");
    private static final Pattern LISTENS = Pattern.compile("^witness (http\\S+)");
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Leash leash;
    private final Path state;
    private final Path policy;

    private DemoWitness(Leash leash, Path state, Path policy) {
        this.leash = leash;
        this.state = state;
        this.policy = policy;
    }

    /// Starts `meshtrail witness serve` and writes the policy that asks for it.
    ///
    /// @param data Meshtrail's data folder; the witness's memory is beside it
    static DemoWitness start(Path script, Path data) throws IOException {
        Path state = data.toAbsolutePath().resolveSibling(data.getFileName() + ".witness");
        List<String> command = List.of(
                script.toString(),
                "witness",
                "serve",
                "--state",
                state.toString(),
                "--listen",
                "127.0.0.1:0",
                "--name",
                "witness.demo/w1");
        Leash leash = Leash.start(command, ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.INHERIT, GRACE);
        try {
            BufferedReader output = new BufferedReader(new InputStreamReader(leash.output(), StandardCharsets.UTF_8));
            String key = "";
            String url = "";
            while (url.isEmpty()) {
                String line = output.readLine();
                if (line == null) {
                    throw new IOException("the witness ended before it listened: " + String.join(" ", command));
                }
                Matcher keyLine = KEY.matcher(line);
                Matcher urlLine = LISTENS.matcher(line);
                if (keyLine.find()) {
                    key = keyLine.group(1);
                } else if (urlLine.find()) {
                    url = urlLine.group(1);
                }
            }
            Path policy = state.resolve("witness.policy");
            Files.writeString(policy, "witness demo " + key + " " + url + "\nquorum demo\n");
            return new DemoWitness(leash, state, policy);
        } catch (IOException | RuntimeException e) {
            leash.close();
            throw e;
        }
    }

    /// The file that `serve` reads.
    Path policy() {
        return policy;
    }

    /// Tells the witness which ledgers there are, now that Meshtrail has made their keys.
    void join(Path data) throws IOException {
        StringBuilder keys = new StringBuilder();
        try (Stream<Path> ledgers = Files.list(data.resolve("ledger"))) {
            for (Path ledger : ledgers.sorted().toList()) {
                keys.append(Files.readString(ledger.resolve("key")));
            }
        }
        Files.writeString(state.resolve("logs.txt"), keys);
    }

    @Override
    public void close() {
        leash.close();
    }
}
