package io.meshtrail.sql;

/// There is no answer, or no more of it, and it is not the statement's fault alone: time ran out, all processes are
/// busy, or the one that worked on it ended. Another attempt may help.
public final class SqlFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean busy;

    SqlFailedException(String message) {
        this(message, false);
    }

    SqlFailedException(String message, boolean busy) {
        super(message);
        this.busy = busy;
    }

    /// Whether nothing was begun because others are being served.
    public boolean busy() {
        return busy;
    }
}
