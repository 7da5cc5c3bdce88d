package io.meshtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.ledger.DefaultLedgers;
import io.meshtrail.privacy.SubjectField;
import io.meshtrail.retention.RetentionSettings;
import io.meshtrail.sql.SqlSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pins every key and every default.
class ServerConfigTest {
    private static ServerConfig of(Map<String, String> environment, String yaml) {
        return ServerConfig.of(new ConfigValues(environment)
                .yaml("meshtrail.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .set("data", Optional.of("/srv/meshtrail")));
    }

    private static ServerConfig of(String yaml) {
        return of(Map.of(), yaml);
    }

    @Test
    void theDefaultsAreThese() {
        assertThat(of(""))
                .isEqualTo(new ServerConfig(
                        Path.of("/srv/meshtrail"),
                        Path.of("/srv/meshtrail.state"),
                        Optional.empty(),
                        "127.0.0.1:7070",
                        "127.0.0.1:4317",
                        false,
                        250_000,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(1),
                        2L << 30,
                        1L << 30,
                        Runtime.getRuntime().availableProcessors(),
                        RetentionConfig.of(new ConfigValues(Map.of())),
                        new ScrubConfig(new io.meshtrail.ledger.fsck.ScrubSettings(Duration.ofDays(7), 5)),
                        new LedgersConfig(DefaultLedgers.settings(), List.of()),
                        new PrivacyConfig(List.of(), 1_000_000),
                        new AnchorsConfig(Duration.ofHours(1), List.of()),
                        new WitnessConfig(Optional.empty(), false, Duration.ofSeconds(1)),
                        new ReconcileConfig(Duration.ofSeconds(5)),
                        new ConsulConfig(
                                Optional.empty(), Optional.empty(), Optional.empty(), "", Duration.ofMinutes(5)),
                        new SqlConfig(true, new SqlSettings(256L << 20, halfTheCores(), 2, Duration.ofSeconds(30)))));
    }

    private static int halfTheCores() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(of("""
                        state: /var/state
                        origin: log.example
                        web: 127.0.0.1:1
                        ingest: 127.0.0.1:2
                        insecure: true
                        seal:
                          events: 1_024
                          age: 2h
                        checkpoint.interval: 250ms
                        retention: {mode: compliance, interval: 5s}
                        merge.interval: 2m
                        journal.bytes: 1GiB
                        engine: {memory: 512MB, threads: 3}
                        privacy:
                          subjects: [user.id, source.address]
                          limit: 5000
                        anchor.interval: 90m
                        witness: {policy: /etc/witness.policy, mode: closed, timeout: 1500ms}
                        reconcile.flush: 2s
                        consul: {address: 'https://consul.example:8501', token-file: /etc/consul.token, cluster: dc1, wait: 1m}
                        sql: {enabled: false, memory: 128MiB, processes: 4, timeout: 5s}
                        """))
                .isEqualTo(new ServerConfig(
                        Path.of("/srv/meshtrail"),
                        Path.of("/var/state"),
                        Optional.of("log.example"),
                        "127.0.0.1:1",
                        "127.0.0.1:2",
                        true,
                        1_024,
                        Duration.ofHours(2),
                        Duration.ofMillis(250),
                        1L << 30,
                        512_000_000,
                        3,
                        new RetentionConfig(
                                new RetentionSettings(true, List.of(), List.of(), Duration.ofSeconds(5)),
                                Duration.ofMinutes(2)),
                        new ScrubConfig(new io.meshtrail.ledger.fsck.ScrubSettings(Duration.ofDays(7), 5)),
                        new LedgersConfig(DefaultLedgers.settings(), List.of()),
                        new PrivacyConfig(List.of(SubjectField.USER_ID, SubjectField.SOURCE_ADDRESS), 5_000),
                        new AnchorsConfig(Duration.ofMinutes(90), List.of()),
                        new WitnessConfig(Optional.of(Path.of("/etc/witness.policy")), true, Duration.ofMillis(1_500)),
                        new ReconcileConfig(Duration.ofSeconds(2)),
                        new ConsulConfig(
                                Optional.of(URI.create("https://consul.example:8501")),
                                Optional.of(Path.of("/etc/consul.token")),
                                Optional.empty(),
                                "dc1",
                                Duration.ofMinutes(1)),
                        new SqlConfig(false, new SqlSettings(128L << 20, halfTheCores(), 4, Duration.ofSeconds(5)))));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() {
        Map<String, String> environment = Map.of(
                "MESHTRAIL_SEAL_EVENTS", "512", "MESHTRAIL_DATA", "/elsewhere", "MESHTRAIL_PORT_80_TCP", "tcp://x");
        ServerConfig config = of(environment, "seal.events: 1024\nseal.age: 1m");
        assertThat(config.sealEvents()).isEqualTo(512);
        assertThat(config.sealAge()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.data()).isEqualTo(Path.of("/srv/meshtrail"));
    }

    @Test
    void aFieldThatCannotHoldPersonalValuesIsRefusedByName() {
        for (String field : List.of("user.idd", "http.status", "kind", "raw", "http.path")) {
            assertThatThrownBy(() -> of("privacy.subjects: [user.id, " + field + "]"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("privacy.subjects")
                    .hasMessageContaining("'" + field + "'")
                    .hasMessageContaining("user.name");
        }
    }

    @Test
    void anUnknownKeyStopsTheStartAndTheKnownOnesAreNamed() {
        assertThatThrownBy(() -> of("seal: {event: 1024}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'seal.event' is unknown")
                .hasMessageContaining("seal.events");
    }

    @ParameterizedTest
    @CsvSource({
        "seal.events: 255,seal.events",
        "witness.mode: ajar,witness.mode",
        "witness.timeout: 49ms,witness.timeout",
        "witness.timeout: 61s,witness.timeout",
        "reconcile.flush: 99ms,reconcile.flush",
        "reconcile.flush: 11m,reconcile.flush",
        "consul.address: consul:8500,consul.address",
        "consul.address: http://user@consul:8500,consul.address",
        "consul.token: x,consul.address",
        "consul.wait: 11m,consul.wait",
        "seal.events: many,seal.events",
        "seal.events: -1,seal.events",
        "seal.age: 999ms,seal.age",
        "seal.age: 10,seal.age",
        "checkpoint.interval: 49ms,checkpoint.interval",
        "checkpoint.interval: 61s,checkpoint.interval",
        "journal.bytes: 255MiB,journal.bytes",
        "journal.bytes: 999999999999999GiB,journal.bytes",
        "engine.memory: 1KB,engine.memory",
        "engine.threads: 0,engine.threads",
        "engine.threads: 99999999999,engine.threads",
        "sql.memory: 63MiB,sql.memory",
        "sql.timeout: 999ms,sql.timeout",
        "sql.timeout: 11m,sql.timeout",
        "sql.processes: 0,sql.processes",
        "sql.processes: 17,sql.processes",
        "sql.enabled: 7,sql.enabled",
        "insecure: perhaps,insecure",
        "retention.preset: forever,retention.preset",
        "retention.mode: strict,retention.mode",
        "retention.approvers: nobody,retention.approvers",
        "merge.interval: 1ms,merge.interval",
        "origin: 'two words',origin",
        "state: /srv/meshtrail/state,state",
        "seal: [1],seal",
        "origin:,origin"
    })
    void whatIsOutOfRangeStopsTheStartNamingItsKey(String yaml, String key) {
        assertThatThrownBy(() -> of(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text", "a: b: c", "[1, 2]", "\"open"})
    void whatIsNoMapOfKeysIsRefusedNamingTheFile(String yaml) {
        assertThatThrownBy(() -> of(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining("meshtrail.yaml");
    }

    @Test
    void theStateOfTheFolderOneIsInLiesBesideIt() {
        ServerConfig config = ServerConfig.of(new ConfigValues(Map.of()).set("data", Optional.of(".")));
        Path here = Path.of("").toAbsolutePath();
        assertThat(config.data()).isEqualTo(here);
        assertThat(config.state()).isEqualTo(here.resolveSibling(here.getFileName() + ".state"));
    }

    @Test
    void theDataFolderMustBeNamed() {
        assertThatThrownBy(() -> ServerConfig.of(new ConfigValues(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'data' is missing");
        assertThatThrownBy(() -> ServerConfig.of(new ConfigValues(Map.of()).set("data", Optional.of("/"))))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void listsAndMapsAreReadInTheOrderOfTheFile() {
        ConfigValues values = new ConfigValues(Map.of("MESHTRAIL_ORDER", "x, y"))
                .yaml("meshtrail.yaml", """
                        fields: [user.id, user.name]
                        order: [a]
                        zoo:
                          lion: {legs: 4}
                          ant: {legs: 6}
                        """.getBytes(StandardCharsets.UTF_8));
        assertThat(values.texts("fields")).containsExactly("user.id", "user.name");
        assertThat(values.texts("order")).containsExactly("x", "y");
        assertThat(values.texts("none")).isEmpty();
        assertThat(values.sections("zoo")).containsExactly("lion", "ant");
        assertThat(values.count("zoo.ant.legs")).contains(6L);
        assertThatThrownBy(() -> values.texts("zoo"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("zoo");
    }
}
