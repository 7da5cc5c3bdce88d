package io.meshtrail.app;

import io.meshtrail.anchor.git.GitSettings;
import io.meshtrail.anchor.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// One item of `anchors`.
sealed interface AnchorConfig {
    String name();

    /// `kind: git`.
    record Git(GitSettings settings) implements AnchorConfig {
        @Override
        public String name() {
            return settings.name();
        }
    }

    /// `kind: webhook`.
    ///
    /// @param secretFile whose bytes, without a line end, are the key of the HMAC
    record Webhook(String name, URI url, Optional<Path> secretFile) implements AnchorConfig {}

    /// `kind: s3`.
    record Bucket(S3Settings settings) implements AnchorConfig {
        @Override
        public String name() {
            return settings.name();
        }
    }

    /// `kind: rfc3161`.
    ///
    /// @param ca PEM of the roots that are trusted
    /// @param policies object identifiers that are allowed; empty for any
    record TimeStamp(String name, URI url, Path ca, Set<String> policies) implements AnchorConfig {}
}
