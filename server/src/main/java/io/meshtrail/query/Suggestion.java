package io.meshtrail.query;

import io.meshtrail.event.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a person may have meant by a field's name that does not exist.
final class Suggestion {
    private static final List<String> NAMES = Stream.concat(
                    Field.inKeyOrder().stream().map(Field::key), Stream.of("ledger", "leafIndex"))
            .toList();

    /// Names by which other tools know our fields.
    private static final List<List<String>> ALIASES = List.of(
            List.of("status", "http.status"),
            List.of("path", "http.path"),
            List.of("method", "http.method"),
            List.of("host", "http.host"),
            List.of("url", "http.path"),
            List.of("user", "user.id"),
            List.of("identity", "source.identity"),
            List.of("principal", "source.identity"),
            List.of("namespace", "destination.namespace"),
            List.of("service", "destination.service"),
            List.of("workload", "destination.workload"),
            List.of("policy", "policy.name"),
            List.of("trace", "trace.id"),
            List.of("request", "request.id"),
            List.of("verdict", "outcome"),
            List.of("ip", "source.address"),
            List.of("latency", "duration"));

    private Suggestion() {}

    static Optional<String> of(String unknown) {
        String lower = unknown.toLowerCase(Locale.ROOT);
        for (List<String> alias : ALIASES) {
            if (alias.getFirst().equals(lower)) {
                return Optional.of(alias.getLast());
            }
        }
        int most = Math.max(1, lower.length() / 3);
        return lower.length() > 64
                ? Optional.empty()
                : NAMES.stream()
                        .filter(name -> distance(lower, name) <= most)
                        .min(Comparator.comparingInt(name -> distance(lower, name)));
    }

    /// The number of letters to insert, drop, replace or swap with their neighbour.
    private static int distance(String a, String b) {
        String lower = b.toLowerCase(Locale.ROOT);
        int[][] rows = new int[a.length() + 1][lower.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= lower.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, lower, i, j);
            }
        }
        return rows[a.length()][lower.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
