package io.meshtrail.app;

import io.meshtrail.anchor.Anchor;
import io.meshtrail.anchor.AnchorHistory;
import io.meshtrail.anchor.AnchorStation;
import io.meshtrail.anchor.git.GitAnchor;
import io.meshtrail.anchor.rfc3161.PinnedRoots;
import io.meshtrail.anchor.rfc3161.TimeStampAnchor;
import io.meshtrail.anchor.rfc3161.TimeStampVerifier;
import io.meshtrail.anchor.s3.S3Anchor;
import io.meshtrail.anchor.webhook.WebhookAnchor;
import io.meshtrail.host.Host;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.LedgerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the anchors that are configured, and the station that feeds them.
final class Anchors {
    private Anchors() {}

    /// @throws ConfigException if a file that an anchor needs cannot be used
    static AnchorStation open(AnchorsConfig config, Host host, Path data, LedgerSet ledgers, MeterRegistry metrics)
            throws IOException {
        List<Anchor> anchors = new ArrayList<>();
        for (AnchorConfig each : config.anchors()) {
            anchors.add(anchor(each, host, data));
        }
        Set<String> names = anchors.stream().map(Anchor::name).collect(Collectors.toSet());
        LedgerReader root = ledgers.named(LedgerSettings.ROOT).orElseThrow();
        AnchorStation station = AnchorStation.open(
                host,
                data,
                anchors,
                record -> ledgers.root().anchored(record.detail(), record.attributes()),
                root::checkpoint,
                config.interval(),
                AnchorHistory.newest(root, names));
        AnchorMetrics.register(metrics, station, host);
        return station;
    }

    private static Anchor anchor(AnchorConfig config, Host host, Path data) {
        return switch (config) {
            case AnchorConfig.Git git -> new GitAnchor(git.settings(), host.disk(), data.resolve("tmp"));
            case AnchorConfig.Webhook webhook ->
                new WebhookAnchor(
                        webhook.name(),
                        webhook.url(),
                        webhook.secretFile().map(file -> secret(webhook.name(), file, host)));
            case AnchorConfig.Bucket bucket -> new S3Anchor(bucket.settings(), host::now);
            case AnchorConfig.TimeStamp stamp ->
                new TimeStampAnchor(
                        stamp.name(),
                        stamp.url(),
                        new TimeStampVerifier(roots(stamp.name(), stamp.ca(), host), stamp.policies()),
                        host::now,
                        host.random());
        };
    }

    private static byte[] secret(String anchor, Path file, Host host) {
        byte[] secret = new String(read(anchor, file, host), StandardCharsets.UTF_8)
                .strip()
                .getBytes(StandardCharsets.UTF_8);
        if (secret.length < 16) {
            throw new ConfigException("anchor " + anchor + ": the secret in " + file + " has fewer than 16 bytes");
        }
        return secret;
    }

    private static PinnedRoots roots(String anchor, Path file, Host host) {
        try {
            return PinnedRoots.ofPem(read(anchor, file, host));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigException("anchor " + anchor + ": " + file + ": " + wrong.getMessage());
        }
    }

    private static byte[] read(String anchor, Path file, Host host) {
        try {
            return host.disk().read(file);
        } catch (IOException unreadable) {
            throw new ConfigException("anchor " + anchor + ": the file " + file + " cannot be read");
        }
    }
}
