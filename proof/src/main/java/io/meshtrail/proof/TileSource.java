package io.meshtrail.proof;

/// Where tiles come from: a folder, a server, memory. A tile that cannot be had is a
/// [java.io.UncheckedIOException]
/// that names the path.
@FunctionalInterface
public interface TileSource {
    /// The tile of this path, with exactly its width.
    Tile tile(TilePath path);
}
