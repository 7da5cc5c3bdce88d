package io.meshtrail.event;

/// What sort of fact an event is.
public enum Kind {
    REQUEST,
    CONNECTION,
    HANDSHAKE,
    TOKEN,
    POLICY_CHANGE,
    OBJECT_CHANGE,
    API_CALL,
    CERTIFICATE,
    GAP,
    AUDIT_LOG,
    LEDGER;

    private final String code = name().toLowerCase(java.util.Locale.ROOT);

    /// The word in entries and queries.
    public String code() {
        return code;
    }
}
