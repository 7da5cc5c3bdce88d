package io.meshtrail.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Who cosigns the ledgers' checkpoints.
///
/// @param policy a file in the form of C2SP tlog-policy; without it there are no witnesses
/// @param closed whether a checkpoint is shown only with its quorum; else it is shown at once
/// @param timeout how long a witness may take
record WitnessConfig(Optional<Path> policy, boolean closed, Duration timeout) {
    WitnessConfig {
        if (timeout.compareTo(Duration.ofMillis(50)) < 0 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new ConfigException("witness.timeout", timeout.toString(), "50ms to 1m");
        }
    }

    static WitnessConfig of(ConfigValues values) {
        String mode = values.text("witness.mode").orElse("open");
        return new WitnessConfig(
                values.path("witness.policy").map(Path::toAbsolutePath),
                switch (mode) {
                    case "open" -> false;
                    case "closed" -> true;
                    default -> throw new ConfigException("witness.mode", mode, "open or closed");
                },
                values.duration("witness.timeout").orElse(Duration.ofSeconds(1)));
    }
}
