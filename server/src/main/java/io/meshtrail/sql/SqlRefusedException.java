package io.meshtrail.sql;

import java.util.OptionalLong;

/// The statement is the asker's mistake: it does not parse, is not allowed, or the engine refuses it.
public final class SqlRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final long NOWHERE = -1;

    private final long position;

    SqlRefusedException(String message) {
        this(message, OptionalLong.empty());
    }

    SqlRefusedException(String message, OptionalLong position) {
        super(message);
        this.position = position.orElse(NOWHERE);
    }

    /// The 0-based character at which the trouble is, if it is known.
    public OptionalLong position() {
        return position == NOWHERE ? OptionalLong.empty() : OptionalLong.of(position);
    }
}
