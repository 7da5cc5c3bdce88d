package io.meshtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The configuration file changes while the server runs.
class ConfigWatchTest {
    private static final String MORE = "ledgers: {more: {retention: 1d}}\n";

    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private final StillHost host = new StillHost();
    private final List<LedgersConfig> applied = new ArrayList<>();
    private boolean full;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("meshtrail.yaml");
        Files.writeString(file, "seal.events: 512\n");
    }

    private ConfigWatch watch() throws IOException {
        byte[] loaded = Files.readAllBytes(file);
        return new ConfigWatch(host, new ConfigFile(file, loaded, this::read), read(loaded), config -> {
            if (full) {
                throw new IOException("root takes no entry: the disk is full");
            }
            applied.add(config);
        });
    }

    private ServerConfig read(byte[] bytes) {
        return ServerConfig.of(
                new ConfigValues(Map.of()).yaml("meshtrail.yaml", bytes).set("data", Optional.of("/srv/x")));
    }

    private void look(ConfigWatch watch) throws Exception {
        host.elapsed += ConfigWatch.INTERVAL.toNanos();
        assertThat(watch.advance()).isFalse();
    }

    @Test
    void aChangeIsAppliedOnceItHasStoodForTwoLooks() throws Exception {
        ConfigWatch watch = watch();
        look(watch);
        look(watch);
        assertThat(applied).isEmpty();
        Files.writeString(file, MORE);
        look(watch);
        assertThat(applied).as("it may still be being written").isEmpty();
        look(watch);
        look(watch);
        assertThat(applied).hasSize(1);
        assertThat(applied.getFirst().ledgers())
                .extracting(LedgerSettings::name)
                .contains("more");
        assertThat(watch.isRefused()).isFalse();
    }

    @Test
    void betweenLooksNothingIsRead() throws Exception {
        ConfigWatch watch = watch();
        Files.delete(file);
        assertThat(watch.advance()).isFalse();
        assertThat(watch.isRefused()).isFalse();
        look(watch);
        assertThat(watch.isRefused()).as("now it was missed").isTrue();
        Files.writeString(file, "seal.events: 512\n");
        look(watch);
        look(watch);
        assertThat(watch.isRefused()).isFalse();
    }

    @Test
    void aFileThatIsNotInOrderChangesNothingAndIsRefusedUntilItIs() throws Exception {
        ConfigWatch watch = watch();
        for (String wrong : List.of("ledgers: {x: {retention: 0d}}\n", "\"open", "routes: [{to: x, when: a}]\n")) {
            Files.writeString(file, wrong);
            look(watch);
            look(watch);
            look(watch);
            assertThat(watch.isRefused()).as(wrong).isTrue();
        }
        assertThat(applied).isEmpty();
        Files.writeString(file, MORE);
        look(watch);
        look(watch);
        assertThat(watch.isRefused()).isFalse();
        assertThat(applied).hasSize(1);
    }

    @Test
    void whatCannotBeAppliedNowIsTriedAgain() throws Exception {
        ConfigWatch watch = watch();
        full = true;
        Files.writeString(file, MORE);
        look(watch);
        assertThatThrownBy(() -> look(watch)).hasMessageContaining("full");
        full = false;
        look(watch);
        assertThat(applied).hasSize(1);
    }

    /// A machine whose clock a test moves.
    private static final class StillHost implements Host {
        private final Disk disk = new SystemDisk();
        private long elapsed;

        @Override
        public long now() {
            return elapsed;
        }

        @Override
        public long elapsed() {
            return elapsed;
        }

        @Override
        public Disk disk() {
            return disk;
        }

        @Override
        public SecureRandom random() {
            throw new IllegalStateException("nothing here is random");
        }

        @Override
        public StationThread run(String name, Station station, Consumer<Throwable> onFailure) {
            throw new IllegalStateException("the test makes the steps itself");
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
