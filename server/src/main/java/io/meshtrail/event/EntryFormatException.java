package io.meshtrail.event;

/// Bytes that are no entry: not JSON, not canonical, or with a key, type or version that the codec does not
/// know.
public final class EntryFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    public EntryFormatException(String message) {
        super(message);
    }
}
