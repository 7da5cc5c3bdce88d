package io.meshtrail.engine;

import java.nio.file.Path;
import java.util.List;

/// What an engine may use.
///
/// @param memoryBytes the most memory outside the Java heap; the engine knows nothing of `-Xmx`, so a
///     container needs heap + this + about 30 %
/// @param threads worker threads of the engine
/// @param temporary a folder for what does not fit into memory
/// @param folders the only folders whose files it may read and write, besides `temporary`
/// @param questions how many calls of [Engine#query] run at once; others wait, within their limit
/// @param cacheFooters whether to keep the footers of Parquet files in memory: saves 3 to 29 ms a question;
///     not for a verifier, which must read every byte anew
public record EngineSettings(
        long memoryBytes, int threads, Path temporary, List<Path> folders, int questions, boolean cacheFooters) {
    public EngineSettings {
        if (memoryBytes < 64L << 20 || threads < 1 || questions < 1) {
            throw new IllegalArgumentException("engine with " + memoryBytes + " bytes, " + threads + " threads and "
                    + questions + " questions at once; at least 64 MiB, 1 and 1");
        }
        folders = List.copyOf(folders);
    }

    /// The settings of a server: two questions at once, footers cached.
    public static EngineSettings of(long memoryBytes, int threads, Path temporary, Path segments) {
        return new EngineSettings(memoryBytes, threads, temporary, List.of(segments), 2, true);
    }
}
