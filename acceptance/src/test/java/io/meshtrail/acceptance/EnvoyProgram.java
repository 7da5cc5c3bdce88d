package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/// The pinned Envoy, as `bin/demo` finds and installs it.
final class EnvoyProgram {
    private EnvoyProgram() {}

    /// Where it is. Without it nothing real is tested, so this fails instead of skipping.
    static Path find() {
        Path root = Packaged.root();
        Cli found = Cli.command(
                root,
                List.of(
                        "bash",
                        "-c",
                        "root=\"$1\"; . \"$1/bin/lib/envoy.sh\"; meshtrail_find_envoy",
                        "find",
                        root.toString()));
        assertThat(found.exit())
                .as("the pinned Envoy could not be had: %s", found)
                .isZero();
        return Path.of(found.output().strip());
    }
}
