package io.meshtrail.app;

import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the configuration file every two seconds and applies ledgers and routes that have changed. A
/// file that is not in order changes nothing: it is logged once, and [#isRefused] says so until it is in
/// order again.
///
/// A change counts only when it has been seen twice, so that a file that is being written is not taken
/// for whole.
final class ConfigWatch implements Station {
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);

    private final Host host;
    private final ConfigFile file;
    private final Applier applier;
    private ServerConfig applied;
    private byte[] settled;
    private byte[] seen;

    /// Whether what is settled was applied.
    private boolean inOrder = true;
    private long lookedAt;
    private volatile boolean refused;

    /// Makes ledgers and routes be as configured.
    interface Applier {
        void apply(LedgersConfig config) throws IOException, InterruptedException;
    }

    /// @param applied what the server was started with
    ConfigWatch(Host host, ConfigFile file, ServerConfig applied, Applier applier) {
        this.host = host;
        this.file = file;
        this.applied = applied;
        this.applier = applier;
        this.settled = file.loaded();
        this.seen = file.loaded();
        this.lookedAt = host.elapsed();
    }

    /// Whether the file as it is now is not in order, or could not be applied.
    boolean isRefused() {
        return refused;
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        if (host.elapsed() - lookedAt < INTERVAL.toNanos()) {
            return false;
        }
        lookedAt = host.elapsed();
        byte[] now;
        try {
            now = host.disk().read(file.path());
        } catch (IOException unreadable) {
            refuse("cannot be read: " + unreadable.getMessage());
            return false;
        }
        boolean stable = Arrays.equals(now, seen);
        seen = now;
        if (stable && !Arrays.equals(now, settled)) {
            take(now);
        } else if (stable && inOrder) {
            refused = false;
        }
        return false;
    }

    private void take(byte[] now) throws IOException, InterruptedException {
        ServerConfig config;
        try {
            config = file.reader().apply(now);
        } catch (ConfigException | IllegalArgumentException wrong) {
            settled = now;
            inOrder = false;
            refused = false;
            refuse("is not in order: " + wrong.getMessage());
            return;
        }
        // What does not get on here, such as a full disk, is tried again at the next look.
        try {
            applier.apply(config.ledgers());
        } catch (IllegalArgumentException wrong) {
            settled = now;
            inOrder = false;
            refused = false;
            refuse("is not in order: " + wrong.getMessage());
            return;
        }
        settled = now;
        inOrder = true;
        refused = false;
        if (!config.with(applied.ledgers()).equals(applied)) {
            LOG.warn("{} has changed beyond ledgers and routes; that needs a restart", file.path());
        }
        applied = applied.with(config.ledgers());
        LOG.info("Ledgers and routes are as in {}", file.path());
    }

    private void refuse(String words) {
        if (!refused) {
            LOG.error("The configuration file {} {}; ledgers and routes stay as they are", file.path(), words);
        }
        refused = true;
    }
}
