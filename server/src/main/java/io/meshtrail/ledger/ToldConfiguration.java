package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What `root` was last told of the configuration, so that a start needs not read all of `root`: the
/// terms of the ledgers and the routes. Kept in the state folder as `told`; whoever loses it makes `root`
/// be told once more.
///
/// ```
/// ledger traffic PT720H
/// route traffic: *
/// ```
///
/// @param retention by ledger
/// @param routes as [Router#text]; empty if `root` was never told
record ToldConfiguration(Map<String, Duration> retention, String routes) {
    static final ToldConfiguration NOTHING = new ToldConfiguration(Map.of(), "");

    /// How long a ledger is kept of which nothing is known: seven years.
    private static final Duration LONG = Duration.ofDays(7 * 365 + 2);

    private static final String FILE = "told";
    private static final String LEDGER = "ledger ";
    private static final String ROUTE = "route ";

    ToldConfiguration {
        retention = Map.copyOf(retention);
    }

    /// What the state folder remembers; [#NOTHING] if that is not readable.
    static ToldConfiguration read(Disk disk, Path state) throws IOException {
        Path file = state.resolve(FILE);
        return disk.exists(file) ? parse(new String(disk.read(file), StandardCharsets.UTF_8)) : NOTHING;
    }

    private static ToldConfiguration parse(String text) {
        Map<String, Duration> retention = new TreeMap<>();
        StringBuilder routes = new StringBuilder();
        try {
            for (String line : text.lines().toList()) {
                if (line.startsWith(LEDGER)) {
                    String[] parts = line.split(" ", 3);
                    retention.put(parts[1], Duration.parse(parts[2]));
                } else if (line.startsWith(ROUTE)) {
                    routes.append(line.substring(ROUTE.length())).append('\n');
                }
            }
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException damaged) {
            return NOTHING;
        }
        return new ToldConfiguration(retention, routes.toString());
    }

    void write(Disk disk, Path state) throws IOException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(retention)
                .forEach((name, term) -> text.append(LEDGER)
                        .append(name)
                        .append(' ')
                        .append(term)
                        .append('\n'));
        routes.lines().forEach(line -> text.append(ROUTE).append(line).append('\n'));
        disk.replace(state.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static void forget(Disk disk, Path state) throws IOException {
        disk.delete(state.resolve(FILE));
    }

    Optional<Duration> retention(String ledger) {
        return Optional.ofNullable(retention.get(ledger));
    }

    /// What is configured, and the ledgers that are there without being configured any more: they keep
    /// the term that `root` has of them.
    ///
    /// @param known the names of all ledgers that there are
    List<LedgerSettings> withUnconfigured(List<LedgerSettings> configured, Set<String> known) {
        Map<String, LedgerSettings> all = new TreeMap<>();
        for (String name : known) {
            all.put(name, new LedgerSettings(name, retention(name).orElse(LONG), false));
        }
        configured.forEach(settings -> all.put(settings.name(), settings));
        return List.copyOf(all.values());
    }

    ToldConfiguration with(String ledger, Duration term) {
        Map<String, Duration> changed = new TreeMap<>(retention);
        changed.put(ledger, term);
        return new ToldConfiguration(changed, routes);
    }

    ToldConfiguration withRoutes(String changed) {
        return new ToldConfiguration(retention, changed);
    }
}
