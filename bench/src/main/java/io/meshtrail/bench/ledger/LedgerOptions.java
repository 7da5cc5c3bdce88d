package io.meshtrail.bench.ledger;

import java.nio.file.Path;
import java.util.Optional;

/// What is to be measured, and how much of it.
///
/// @param root the folder of the project
/// @param appends entries of each run of the appender
/// @param seconds of the run that measures publishing
/// @param entries that the server seals before it is walked and verified
/// @param padding characters that each of these gets on top of what a sidecar would say
/// @param proofs asked for
/// @param data the server's data folder; a new one, deleted at the end, if absent
public record LedgerOptions(
        Path root,
        long appends,
        int seconds,
        long entries,
        int padding,
        int proofs,
        long seed,
        String javaOptions,
        Optional<Path> data) {
    public static final String HELP = """
            Usage: bin/bench ledger [options]

            Measures the ledger alone: the appender without index and network, in this process; then a server
            process with sealed entries, whose proofs are asked for, whose ledger is walked over HTTP as a monitor
            walks it, and whose folder is verified. Prints one line of JSON and asserts nothing.

              --appends N       entries of 512 bytes of each run of the appender (200000)
              --seconds N       of the run that measures publishing (20)
              --entries N       entries that the server seals (1000000); 0 leaves the server out
              --padding N       characters that make each of these larger (0: entries of about 1.5 kB)
              --proofs N        inclusion proofs asked for (2000)
              --seed N          of the generator (20261124)
              --java-opts TEXT  of the server (-Xmx1g)
              --data DIR        keep the data here; default: a new folder that is deleted at the end
              --help            this text
            """;

    public static LedgerOptions defaults(Path root) {
        return new LedgerOptions(root, 200_000, 20, 1_000_000, 0, 2_000, 20_261_124, "-Xmx1g", Optional.empty());
    }

    /// The same with one option set.
    ///
    /// @throws IllegalArgumentException if there is no such option or the value is none
    public LedgerOptions with(String name, String value) {
        try {
            return switch (name) {
                case "--appends" -> counts(Long.parseLong(value), seconds, entries, padding, proofs, seed);
                case "--seconds" -> counts(appends, Integer.parseInt(value), entries, padding, proofs, seed);
                case "--entries" -> counts(appends, seconds, Long.parseLong(value), padding, proofs, seed);
                case "--padding" -> counts(appends, seconds, entries, Integer.parseInt(value), proofs, seed);
                case "--proofs" -> counts(appends, seconds, entries, padding, Integer.parseInt(value), seed);
                case "--seed" -> counts(appends, seconds, entries, padding, proofs, Long.parseLong(value));
                case "--java-opts" ->
                    new LedgerOptions(root, appends, seconds, entries, padding, proofs, seed, value, data);
                case "--data" ->
                    new LedgerOptions(
                            root,
                            appends,
                            seconds,
                            entries,
                            padding,
                            proofs,
                            seed,
                            javaOptions,
                            Optional.of(Path.of(value)));
                default -> throw new IllegalArgumentException("unknown option " + name);
            };
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " needs a whole number, found " + value, wrong);
        }
    }

    private LedgerOptions counts(
            long newAppends, int newSeconds, long newEntries, int newPadding, int newProofs, long newSeed) {
        return new LedgerOptions(
                root, newAppends, newSeconds, newEntries, newPadding, newProofs, newSeed, javaOptions, data);
    }
}
