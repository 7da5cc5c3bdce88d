package io.meshtrail.query;

/// A query that does not parse or asks what cannot be.
public final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /// @param position 0-based character of the text at which the trouble is
    public QueryException(String message, int position) {
        super(message);
        this.position = position;
    }

    public int position() {
        return position;
    }
}
