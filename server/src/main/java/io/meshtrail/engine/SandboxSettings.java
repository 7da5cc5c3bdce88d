package io.meshtrail.engine;

import java.nio.file.Path;
import java.util.List;

/// What a [Sandbox] may use.
///
/// @param memoryBytes the most memory outside the Java heap; what does not fit fails, nothing goes to disk
/// @param threads worker threads
/// @param files the only files that can be read
/// @param view the name of the one view
/// @param rows the view's SQL
public record SandboxSettings(long memoryBytes, int threads, List<Path> files, String view, String rows) {
    public SandboxSettings {
        files = List.copyOf(files);
    }
}
