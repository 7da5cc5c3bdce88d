package io.meshtrail.ledger;

import java.time.Duration;
import java.util.regex.Pattern;

/// What is configured of a ledger.
///
/// @param name `[a-z0-9][a-z0-9.-]*`, at most 64 characters
/// @param retention how long entries are kept, counted from `received`
/// @param reserved whether the journal keeps a share for this ledger that a flood into others cannot take
public record LedgerSettings(String name, Duration retention, boolean reserved) {
    /// The ledger of ledgers.
    public static final String ROOT = "root";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    public LedgerSettings {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a ledger's name is [a-z0-9][a-z0-9.-]*, at most 64 characters; found '" + name + "'");
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("ledger " + name + ": retention " + retention);
        }
    }

    /// Whether a ledger may have this name.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
