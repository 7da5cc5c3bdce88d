package io.meshtrail.privacy;

/// A subject is not erased; nothing was done. The message says why and never quotes the value.
public final class ErasureRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Cause {
        /// There is no such subject.
        UNKNOWN,
        /// A hold forbids it.
        HELD,
        /// The reason would put the value itself on record.
        TELLING
    }

    private final Cause why;

    ErasureRefusedException(Cause why, String message) {
        super(message);
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
