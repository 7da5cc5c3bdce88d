package io.meshtrail.simulation;

/// The process is gone. An error, so that nothing that handles exceptions takes it for something to handle.
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String where) {
        super("killed at " + where, null, false, false);
    }
}
