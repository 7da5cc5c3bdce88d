package io.meshtrail.change;

/// Where a state of an object was taken from.
public enum Basis {
    /// The object as the API answered, with its defaults.
    ANSWER("answer"),
    /// The object as it was sent, before defaults and admission.
    REQUEST("request"),
    /// An older revision: the last one that was seen whole.
    OLDER("older"),
    /// It was not seen.
    NONE("none");

    private final String code;

    Basis(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
