package io.meshtrail.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The Consul that is watched: `consul.address`, `consul.token-file` or `consul.token`, `consul.cluster`,
/// `consul.wait`.
///
/// @param address `http://…` or `https://…`; without it nothing is watched
/// @param token with `read` rights alone; where it is given as a file, that is read at the start
/// @param cluster how events name this Consul; empty for not at all
/// @param longest how long a question stays open
record ConsulConfig(
        Optional<URI> address, Optional<Path> tokenFile, Optional<String> token, String cluster, Duration longest) {
    ConsulConfig {
        if (longest.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new ConfigException("consul.wait", longest.toString(), "1s to 10m");
        }
        if (tokenFile.isPresent() && token.isPresent()) {
            throw new ConfigException("consul.token", "[masked]", "not beside consul.token-file");
        }
        boolean aimless = address.isEmpty() && (tokenFile.isPresent() || token.isPresent());
        if (aimless) {
            throw new ConfigException("consul.address", "", "the address that the token is for");
        }
    }

    static ConsulConfig of(ConfigValues values) {
        return new ConsulConfig(
                values.text("consul.address").map(ConsulConfig::address),
                values.path("consul.token-file").map(Path::toAbsolutePath),
                values.text("consul.token"),
                values.text("consul.cluster").orElse(""),
                values.duration("consul.wait").orElse(Duration.ofMinutes(5)));
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            boolean bare = address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null;
            if (http && bare && address.getHost() != null && address.getPath().matches("/?")) {
                return address;
            }
        } catch (IllegalArgumentException broken) {
            // Said below.
        }
        throw new ConfigException("consul.address", text, "like http://127.0.0.1:8500 or https://consul.example:8501");
    }
}
