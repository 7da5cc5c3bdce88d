package io.meshtrail.query;

/// How a value is compared.
enum Comparison {
    ABOVE(">"),
    FROM(">="),
    BELOW("<"),
    UP_TO("<=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /// Whether the value itself is in.
    boolean included() {
        return this == FROM || this == UP_TO;
    }

    /// Whether the value is the lower end.
    boolean isLower() {
        return this == ABOVE || this == FROM;
    }
}
