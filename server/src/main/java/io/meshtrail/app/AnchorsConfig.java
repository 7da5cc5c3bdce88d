package io.meshtrail.app;

import io.meshtrail.anchor.git.GitSettings;
import io.meshtrail.anchor.s3.S3Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Where checkpoints of `root` go: the list `anchors`, each item with `name`, `kind` and the keys of its
/// kind.
///
/// @param interval how often each anchor gets one; at least a minute
/// @param anchors in the order of the file
record AnchorsConfig(Duration interval, List<AnchorConfig> anchors) {
    private static final String NAME = "[a-z0-9][a-z0-9.-]{0,62}";

    AnchorsConfig {
        anchors = List.copyOf(anchors);
        if (interval.compareTo(Duration.ofMinutes(1)) < 0 || interval.compareTo(Duration.ofDays(30)) > 0) {
            throw new ConfigException("anchor.interval", interval.toString(), "1m to 30d");
        }
        Set<String> names = new HashSet<>();
        for (AnchorConfig anchor : anchors) {
            if (!names.add(anchor.name())) {
                throw new ConfigException("there are two anchors with the name '" + anchor.name() + "'");
            }
        }
    }

    static AnchorsConfig of(ConfigValues values) {
        List<AnchorConfig> anchors = new ArrayList<>();
        for (String item : values.sections("anchors")) {
            anchors.add(new Item(values, "anchors." + item + ".").read());
        }
        return new AnchorsConfig(values.duration("anchor.interval").orElse(Duration.ofHours(1)), anchors);
    }

    private record Item(ConfigValues values, String prefix) {
        AnchorConfig read() {
            String name = needed("name", "a name of a-z 0-9 . -");
            if (!name.matches(NAME)) {
                throw new ConfigException(prefix + "name", name, "at most 63 of a-z 0-9 . -");
            }
            String kind = needed("kind", "git, webhook, rfc3161 or s3");
            return switch (kind) {
                case "git" -> git(name);
                case "s3" -> bucket(name);
                case "webhook" -> new AnchorConfig.Webhook(name, url(), values.path(prefix + "secret-file"));
                case "rfc3161" ->
                    new AnchorConfig.TimeStamp(
                            name,
                            url(),
                            values.path(prefix + "ca-file")
                                    .orElseThrow(() -> new ConfigException(
                                            prefix + "ca-file", "", "a PEM file with the authority's root")),
                            Set.copyOf(values.texts(prefix + "policies")));
                default -> throw new ConfigException(prefix + "kind", kind, "git, webhook, rfc3161 or s3");
            };
        }

        private AnchorConfig bucket(String name) {
            String bucket = needed("bucket", "a bucket with Object Lock");
            String region = needed("region", "a region such as eu-central-1");
            Optional<URI> endpoint =
                    values.text(prefix + "endpoint").isPresent() ? Optional.of(address("endpoint")) : Optional.empty();
            boolean pathStyle = values.flag(prefix + "path-style").orElse(endpoint.isPresent());
            Duration term = values.duration(prefix + "term")
                    .orElseThrow(
                            () -> new ConfigException(prefix + "term", "", "how long the bucket keeps: 1d to 36500d"));
            return named(
                    () -> new AnchorConfig.Bucket(new S3Settings(name, bucket, region, endpoint, pathStyle, term)));
        }

        private AnchorConfig git(String name) {
            String repository = needed("repository", "a URL or a path");
            String branch = values.text(prefix + "branch").orElse("main");
            Optional<String> file = values.text(prefix + "file");
            Optional<String> author = values.text(prefix + "author");
            return named(() -> new AnchorConfig.Git(new GitSettings(
                    name,
                    repository,
                    branch,
                    file,
                    author.map(GitSettings.Author::parse).orElse(GitSettings.Author.MESHTRAIL))));
        }

        /// The value itself is not told: such addresses are often secret.
        private URI url() {
            return address("url");
        }

        private URI address(String key) {
            String text = needed(key, "an http or https address");
            try {
                URI url = new URI(text);
                boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
                if (web && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                    return url;
                }
            } catch (URISyntaxException wrong) {
                // told below, without the address
            }
            throw new ConfigException("configuration key '" + prefix + key
                    + "' is no http or https address without user name, password and fragment");
        }

        private String needed(String key, String expected) {
            return values.text(prefix + key).orElseThrow(() -> new ConfigException(prefix + key, "", expected));
        }

        private <T> T named(Supplier<T> made) {
            try {
                return made.get();
            } catch (IllegalArgumentException wrong) {
                throw new ConfigException(
                        "anchor " + prefix.substring(0, prefix.length() - 1) + ": expected " + wrong.getMessage());
            }
        }
    }
}
