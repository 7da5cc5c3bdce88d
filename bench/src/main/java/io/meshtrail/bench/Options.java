package io.meshtrail.bench;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// What is to be measured, and how.
///
/// @param root the folder of the project
/// @param events of the ingest phase
/// @param streams sidecars, each with its own connection
/// @param rate events a second of the freshness phase
/// @param seconds of the freshness phase
/// @param sealEvents rows of a segment
/// @param sealSeconds after which a smaller run is sealed
/// @param javaOptions of the server
/// @param data the data folder; a new one, deleted at the end, if absent
record Options(
        Path root,
        Phase phase,
        long events,
        long seed,
        int streams,
        int rate,
        int seconds,
        long sealEvents,
        int sealSeconds,
        String javaOptions,
        Optional<Path> data,
        boolean verify) {
    static final String HELP = """
            Usage: bin/bench ingest [options]

            Starts a server, sends it access logs over gRPC from another process, and prints one line of JSON
            with what the server process used. It asserts nothing. Progress goes to standard error.

              --phase all|ingest|freshness   what to measure (all)
              --events N        events of the ingest phase (3000000)
              --seed N          of the generator (20261124)
              --streams N       sidecars, at least 100 (128)
              --rate N          events a second of the freshness phase (10000)
              --seconds N       of the freshness phase (60)
              --seal-events N   MESHTRAIL_SEAL_EVENTS of the server (250000)
              --seal-age S      MESHTRAIL_SEAL_AGE of the server, in seconds (20): so long after the load ends its
                                last events are sealed; at most 4,095 a ledger stay in the journal, as they must
              --java-opts TEXT  of the server (-Xmx1g)
              --data DIR        keep the data here; default: a new folder that is deleted at the end
              --verify          run `meshtrail verify` over the data folder in the end
              --help            this text

            CPU is user and kernel time of the server process from the first event until the last one is sealed
            (which includes reading the segment back and comparing its Merkle root) and the journal is released;
            the compiler's and the collector's work is in it, and so is the wait for --seal-age. Freshness is the
            time from sending a marked event to finding it through /api/events.
            """;

    enum Phase {
        ALL,
        INGEST,
        FRESHNESS;

        boolean includes(Phase other) {
            return this == ALL || this == other;
        }
    }

    static Options defaults(Path root) {
        return new Options(
                root,
                Phase.ALL,
                3_000_000,
                20_261_124,
                128,
                10_000,
                60,
                250_000,
                20,
                "-Xmx1g",
                Optional.empty(),
                false);
    }

    /// The same with one option set.
    ///
    /// @throws IllegalArgumentException if there is no such option or the value is none
    Options with(String name, String value) {
        try {
            return switch (name) {
                case "--phase" ->
                    new Options(
                            root,
                            Phase.valueOf(value.toUpperCase(Locale.ROOT)),
                            events,
                            seed,
                            streams,
                            rate,
                            seconds,
                            sealEvents,
                            sealSeconds,
                            javaOptions,
                            data,
                            verify);
                case "--events" -> counts(Long.parseLong(value), seed, streams, rate, seconds, sealEvents, sealSeconds);
                case "--seed" -> counts(events, Long.parseLong(value), streams, rate, seconds, sealEvents, sealSeconds);
                case "--streams" ->
                    counts(events, seed, Integer.parseInt(value), rate, seconds, sealEvents, sealSeconds);
                case "--rate" ->
                    counts(events, seed, streams, Integer.parseInt(value), seconds, sealEvents, sealSeconds);
                case "--seconds" ->
                    counts(events, seed, streams, rate, Integer.parseInt(value), sealEvents, sealSeconds);
                case "--seal-events" ->
                    counts(events, seed, streams, rate, seconds, Long.parseLong(value), sealSeconds);
                case "--seal-age" -> counts(events, seed, streams, rate, seconds, sealEvents, Integer.parseInt(value));
                case "--java-opts" -> texts(value, data, verify);
                case "--data" -> texts(javaOptions, Optional.of(Path.of(value)), verify);
                default -> throw new IllegalArgumentException("unknown option " + name);
            };
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " needs a whole number, found " + value, wrong);
        }
    }

    Options verifying() {
        return texts(javaOptions, data, true);
    }

    private Options counts(
            long newEvents, long newSeed, int newStreams, int newRate, int newSeconds, long newSeal, int newAge) {
        return new Options(
                root,
                phase,
                newEvents,
                newSeed,
                newStreams,
                newRate,
                newSeconds,
                newSeal,
                newAge,
                javaOptions,
                data,
                verify);
    }

    private Options texts(String newJavaOptions, Optional<Path> newData, boolean newVerify) {
        return new Options(
                root,
                phase,
                events,
                seed,
                streams,
                rate,
                seconds,
                sealEvents,
                sealSeconds,
                newJavaOptions,
                newData,
                newVerify);
    }
}
