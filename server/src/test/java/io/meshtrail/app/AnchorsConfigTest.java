package io.meshtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.anchor.git.GitSettings;
import io.meshtrail.anchor.s3.S3Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every key of every kind of anchor.
class AnchorsConfigTest {
    private static AnchorsConfig of(String yaml) {
        return ServerConfig.of(new ConfigValues(Map.of())
                        .yaml("meshtrail.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                        .set("data", Optional.of("/srv/meshtrail")))
                .anchors();
    }

    @Test
    void every_kind_is_read_with_its_keys() {
        AnchorsConfig config = of("""
                anchor.interval: 10m
                anchors:
                  - {name: evidence, kind: git, repository: "git@git.example:audit/evidence.git", branch: log,
                     file: a/b.checkpoints, author: "Ada Log <ada@log.example>"}
                  - {name: plain, kind: git, repository: /srv/evidence.git}
                  - {name: hook, kind: webhook, url: "https://hooks.example/a?b=c", secret-file: /etc/hook}
                  - {name: tsa, kind: rfc3161, url: "http://tsa.example/", ca-file: /etc/tsa.pem, policies: [1.2.3, 1.2.4]}
                  - {name: vault, kind: s3, bucket: audit-vault, region: eu-central-1, term: 400d}
                  - {name: near, kind: s3, bucket: audit, region: x, term: 7d, endpoint: "http://10.0.0.9:9000"}
                """);
        assertThat(config.interval()).hasMinutes(10);
        assertThat(config.anchors())
                .containsExactly(
                        new AnchorConfig.Git(new GitSettings(
                                "evidence",
                                "git@git.example:audit/evidence.git",
                                "log",
                                Optional.of("a/b.checkpoints"),
                                new GitSettings.Author("Ada Log", "ada@log.example"))),
                        new AnchorConfig.Git(new GitSettings(
                                "plain", "/srv/evidence.git", "main", Optional.empty(), GitSettings.Author.MESHTRAIL)),
                        new AnchorConfig.Webhook(
                                "hook", URI.create("https://hooks.example/a?b=c"), Optional.of(Path.of("/etc/hook"))),
                        new AnchorConfig.TimeStamp(
                                "tsa",
                                URI.create("http://tsa.example/"),
                                Path.of("/etc/tsa.pem"),
                                Set.of("1.2.3", "1.2.4")),
                        new AnchorConfig.Bucket(new S3Settings(
                                "vault", "audit-vault", "eu-central-1", Optional.empty(), false, Duration.ofDays(400))),
                        new AnchorConfig.Bucket(new S3Settings(
                                "near",
                                "audit",
                                "x",
                                Optional.of(URI.create("http://10.0.0.9:9000")),
                                true,
                                Duration.ofDays(7))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{kind: git, repository: /x}!anchors.0.name",
                "{name: Big, kind: git, repository: /x}!anchors.0.name",
                "{name: a}!anchors.0.kind",
                "{name: a, kind: paper}!anchors.0.kind",
                "{name: a, kind: git}!anchors.0.repository",
                "{name: a, kind: git, repository: /x, url: y}!anchors.0.url",
                "{name: a, kind: git, repository: '-x'}!anchors.0",
                "{name: a, kind: git, repository: /x, branch: a..b}!anchors.0",
                "{name: a, kind: git, repository: /x, file: ../x}!anchors.0",
                "{name: a, kind: git, repository: /x, author: nobody}!anchors.0",
                "{name: a, kind: webhook}!anchors.0.url",
                "{name: a, kind: webhook, url: 'ftp://x/'}!anchors.0.url",
                "{name: a, kind: webhook, url: 'https://u:p@x/'}!anchors.0.url",
                "{name: a, kind: s3, region: x, term: 1d}!anchors.0.bucket",
                "{name: a, kind: s3, bucket: audit, term: 1d}!anchors.0.region",
                "{name: a, kind: s3, bucket: audit, region: x}!anchors.0.term",
                "{name: a, kind: s3, bucket: audit, region: x, term: 23h}!anchors.0",
                "{name: a, kind: s3, bucket: A, region: x, term: 1d}!anchors.0",
                "{name: a, kind: s3, bucket: audit, region: x, term: 1d, endpoint: here}!anchors.0.endpoint",
                "{name: a, kind: rfc3161, url: 'http://x/'}!anchors.0.ca-file"
            })
    void what_is_wrong_stops_the_start_naming_its_key(String item, String key) {
        assertThatThrownBy(() -> of("anchors: [" + item + "]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @Test
    void two_anchors_with_one_name_stop_the_start() {
        assertThatThrownBy(() ->
                        of("anchors: [{name: a, kind: git, repository: /x}, {name: a, kind: git, repository: /y}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'a'");
    }

    @ParameterizedTest
    @CsvSource({"59s", "31d"})
    void an_interval_out_of_range_stops_the_start(String interval) {
        assertThatThrownBy(() -> of("anchor.interval: " + interval))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("anchor.interval");
    }
}
