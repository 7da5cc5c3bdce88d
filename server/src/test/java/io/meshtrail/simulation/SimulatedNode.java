package io.meshtrail.simulation;

import java.util.Random;

/// A file or a folder.
sealed interface SimulatedNode permits SimulatedFile, SimulatedFolder {
    /// Keeps what was synced, and of the rest what chance keeps.
    void losePower(Random random);

    /// As everybody sees it, all of it durable.
    SimulatedNode copy();

    /// As the worst power failure leaves it.
    SimulatedNode durableCopy();
}
