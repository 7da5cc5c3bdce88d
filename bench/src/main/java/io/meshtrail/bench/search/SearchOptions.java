package io.meshtrail.bench.search;

import java.nio.file.Path;
import java.util.Optional;

/// What is to be searched, and how often.
///
/// @param root the folder of the project
/// @param events that are loaded before
/// @param repeats of each question, of which the median counts
/// @param data the data folder; one that was loaded before is searched as it is
public record SearchOptions(
        Path root, long events, int repeats, long seed, long sealEvents, String javaOptions, Optional<Path> data) {
    public SearchOptions {
        if (events < 1 || repeats < 2) {
            throw new IllegalArgumentException(events + " events and " + repeats + " repeats; at least 1 and 2");
        }
    }

    public static final String HELP = """
            Usage: bin/bench search [options]

            Loads events through the real ingest, their times spread over the 24 hours before, seals them, starts
            the server anew and asks. Prints one line of JSON and asserts nothing.

              --events N        events that are loaded (3000000)
              --repeats N       of each question; the median counts (11)
              --seed N          of the generator (20261124)
              --seal-events N   MESHTRAIL_SEAL_EVENTS of the server (250000)
              --java-opts TEXT  of the server (-Xmx1g)
              --data DIR        keep the data here, and search what was loaded here before; default: a new folder
                                that is deleted at the end
              --help            this text

            "Cold" is the first question of its kind after the start. The page cache is dropped before the start
            if the user may do that (the figure `cacheDropped` says so).
            """;

    public static SearchOptions defaults(Path root) {
        return new SearchOptions(root, 3_000_000, 11, 20_261_124, 250_000, "-Xmx1g", Optional.empty());
    }

    /// The same with one option set.
    ///
    /// @throws IllegalArgumentException if there is no such option or the value is none
    public SearchOptions with(String name, String value) {
        try {
            return switch (name) {
                case "--events" -> counts(Long.parseLong(value), repeats, seed, sealEvents);
                case "--repeats" -> counts(events, Integer.parseInt(value), seed, sealEvents);
                case "--seed" -> counts(events, repeats, Long.parseLong(value), sealEvents);
                case "--seal-events" -> counts(events, repeats, seed, Long.parseLong(value));
                case "--java-opts" -> new SearchOptions(root, events, repeats, seed, sealEvents, value, data);
                case "--data" ->
                    new SearchOptions(
                            root, events, repeats, seed, sealEvents, javaOptions, Optional.of(Path.of(value)));
                default -> throw new IllegalArgumentException("unknown option " + name);
            };
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " needs a whole number, found " + value, wrong);
        }
    }

    private SearchOptions counts(long newEvents, int newRepeats, long newSeed, long newSealEvents) {
        return new SearchOptions(root, newEvents, newRepeats, newSeed, newSealEvents, javaOptions, data);
    }
}
