package io.meshtrail.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The data folder of a run: the user's own, or a new one that goes with the run.
///
/// @param folder where the data lies; the state folder comes to lie beside it
/// @param isTemporary whether it goes
public record Scratch(Path folder, boolean isTemporary) implements AutoCloseable {
    /// @param root the folder of the project
    /// @param wanted the user's own
    public static Scratch of(Path root, Optional<Path> wanted) throws IOException {
        if (wanted.isPresent()) {
            return new Scratch(wanted.orElseThrow(), false);
        }
        Path parent = root.resolve(".build").resolve("bench");
        Files.createDirectories(parent);
        return new Scratch(Files.createTempDirectory(parent, "run").resolve("data"), true);
    }

    @Override
    public void close() throws IOException {
        Path parent = Objects.requireNonNull(folder.getParent());
        if (!isTemporary || !Files.exists(parent)) {
            return;
        }
        Files.walkFileTree(parent, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
