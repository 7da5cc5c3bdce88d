package io.meshtrail.host;

/// A station that runs.
public interface StationThread {
    /// Asks it to end after its current step and waits until it has.
    void stop();
}
