package io.meshtrail.json;

/// Text that is not JSON. The message names the place and never quotes the text, which may hold secrets.
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    JsonException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /// The message.
    public String reason() {
        return reason;
    }
}
