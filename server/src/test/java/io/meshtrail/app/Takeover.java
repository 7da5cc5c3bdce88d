package io.meshtrail.app;

import io.meshtrail.host.Disk;
import io.meshtrail.segment.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;

/// What a server does with interrupted seals, for those who start one without its listeners.
public final class Takeover {
    private Takeover() {}

    /// As [InterruptedSeals#takeOver].
    public static void of(Disk disk, Path data, ManifestFile manifest) throws IOException {
        InterruptedSeals.takeOver(disk, data, manifest);
    }
}
