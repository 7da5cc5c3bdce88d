package io.meshtrail.event;

/// How it ended.
public enum Outcome {
    ALLOWED,
    DENIED,
    FAILED,
    CHANGED,
    UNKNOWN;

    private final String code = name().toLowerCase(java.util.Locale.ROOT);

    /// The word in entries and queries.
    public String code() {
        return code;
    }
}
