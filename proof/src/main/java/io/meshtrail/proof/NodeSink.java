package io.meshtrail.proof;

/// Hears of every complete node at the moment its last leaf arrives, children before parents. Tiles are made
/// of those
/// whose height is a multiple of eight.
@FunctionalInterface
public interface NodeSink {
    /// Called once for each node.
    ///
    /// @param height 0 for a leaf hash; the node covers `2^height` leaves
    /// @param index  the node's place at its height; it covers the leaves from `index * 2^height` on
    void node(int height, long index, Hash hash);
}
