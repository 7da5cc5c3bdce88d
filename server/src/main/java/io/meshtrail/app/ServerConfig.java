package io.meshtrail.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The settings of a server. Where a key is given more than once, the command line wins over the
/// environment (`MESHTRAIL_SEAL_EVENTS` for `seal.events`), and that over the configuration file.
///
/// @param data the data folder
/// @param state keys and signed checkpoints; default: the data folder's name with `.state`
/// @param origin the name of the ledgers, fixed at the first start
/// @param web `host:port` of the page and the API
/// @param ingest `host:port` of the receivers; only the default also listens on port 4318
/// @param insecure whether to listen without TLS and authentication beyond this machine
/// @param sealEvents rows after which a segment is sealed; at least 256
/// @param sealAge after which at least 4,096 rows are sealed
/// @param checkpointInterval how often a checkpoint is signed
/// @param journalBytes the most bytes of all journals together; at least 256 MiB
/// @param engineBytes the most memory of the SQL engine, beside the Java heap; at least 64 MiB
/// @param engineThreads threads of the SQL engine
/// @param retention terms, holds, merging
/// @param scrub how the data folder is read again in the background
/// @param ledgers the ledgers and the routes to them
/// @param privacy which values are stored as pseudonyms
/// @param anchors where checkpoints of `root` go
/// @param witness who cosigns checkpoints
/// @param consul the Consul that is watched
public record ServerConfig(
        Path data,
        Path state,
        Optional<String> origin,
        String web,
        String ingest,
        boolean insecure,
        long sealEvents,
        Duration sealAge,
        Duration checkpointInterval,
        long journalBytes,
        long engineBytes,
        int engineThreads,
        RetentionConfig retention,
        ScrubConfig scrub,
        LedgersConfig ledgers,
        PrivacyConfig privacy,
        AnchorsConfig anchors,
        WitnessConfig witness,
        ConsulConfig consul) {
    private static final int MOST_THREADS = 1_024;

    static final String DEFAULT_WEB = "127.0.0.1:7070";
    static final String DEFAULT_INGEST = "127.0.0.1:4317";

    public ServerConfig {
        if (sealEvents < 256) {
            throw new ConfigException("seal.events", Long.toString(sealEvents), "at least 256");
        }
        if (sealAge.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new ConfigException("seal.age", sealAge.toString(), "at least 1s");
        }
        if (checkpointInterval.compareTo(Duration.ofMillis(50)) < 0
                || checkpointInterval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new ConfigException("checkpoint.interval", checkpointInterval.toString(), "50ms to 1m");
        }
        if (journalBytes < 256L << 20) {
            throw new ConfigException("journal.bytes", Long.toString(journalBytes), "at least 256MiB");
        }
        if (engineBytes < 64L << 20) {
            throw new ConfigException("engine.memory", Long.toString(engineBytes), "at least 64MiB");
        }
        if (engineThreads < 1 || engineThreads >= MOST_THREADS) {
            throw new ConfigException("engine.threads", Integer.toString(engineThreads), "1 to " + (MOST_THREADS - 1));
        }
        if (origin.isPresent() && !origin.orElseThrow().matches("[A-Za-z0-9][A-Za-z0-9./:_-]{0,200}")) {
            throw new ConfigException(
                    "origin", origin.orElseThrow(), "letters, digits and . / : _ -, at most 200 characters");
        }
    }

    /// The same with other ledgers and routes.
    ServerConfig with(LedgersConfig changed) {
        return new ServerConfig(
                data,
                state,
                origin,
                web,
                ingest,
                insecure,
                sealEvents,
                sealAge,
                checkpointInterval,
                journalBytes,
                engineBytes,
                engineThreads,
                retention,
                scrub,
                changed,
                privacy,
                anchors,
                witness,
                consul);
    }

    /// Reads the settings.
    ///
    /// @throws ConfigException naming the key that is missing, unknown or wrong
    static ServerConfig of(ConfigValues values) {
        // Absolute first: beside `.` there is no `.state`.
        Path data = values.path("data")
                .orElseThrow(() -> new ConfigException("data", "", "a folder: --data DIR"))
                .toAbsolutePath()
                .normalize();
        if (data.getFileName() == null) {
            throw new ConfigException("data", data.toString(), "a folder of its own");
        }
        Path state = values.path("state")
                .orElse(data.resolveSibling(data.getFileName() + ".state"))
                .toAbsolutePath()
                .normalize();
        if (state.startsWith(data) || data.startsWith(state)) {
            throw new ConfigException("state", state.toString(), "a folder apart from the data, " + data);
        }
        ServerConfig config = new ServerConfig(
                data,
                state,
                values.text("origin"),
                values.text("web").orElse(DEFAULT_WEB),
                values.text("ingest").orElse(DEFAULT_INGEST),
                values.flag("insecure").orElse(false),
                values.count("seal.events").orElse(250_000L),
                values.duration("seal.age").orElse(Duration.ofMinutes(10)),
                values.duration("checkpoint.interval").orElse(Duration.ofSeconds(1)),
                values.bytes("journal.bytes").orElse(2L << 30),
                values.bytes("engine.memory").orElse(1L << 30),
                values.count("engine.threads")
                        .map(threads -> (int) Math.min(threads, MOST_THREADS))
                        .orElse(Runtime.getRuntime().availableProcessors()),
                RetentionConfig.of(values),
                ScrubConfig.of(values),
                LedgersConfig.of(values),
                PrivacyConfig.of(values),
                AnchorsConfig.of(values),
                WitnessConfig.of(values),
                ConsulConfig.of(values));
        values.refuseUnknown();
        return config;
    }
}
