package io.meshtrail.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// What folders take on disk, as `du` counts it.
public final class DiskUse {
    private DiskUse() {}

    /// Bytes of the blocks that a folder and all below it occupy.
    public static long bytes(Path folder) throws IOException, InterruptedException {
        Process du = new ProcessBuilder(List.of("du", "-s", "-B1", folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (du.waitFor() != 0) {
            throw new IOException("du cannot read " + folder);
        }
        return Long.parseLong(answer.split("\\s", 2)[0]);
    }
}
