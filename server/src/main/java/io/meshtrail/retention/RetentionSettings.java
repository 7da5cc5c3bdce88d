package io.meshtrail.retention;

import io.meshtrail.proof.VerifierKey;
import java.time.Duration;
import java.util.List;

/// What is configured of keeping, beside each ledger's term.
///
/// @param compliance whether terms can never be shortened (`retention.mode`)
/// @param classes events that are kept longer than their ledger's term
/// @param approvers who can lift holds
/// @param interval how often the station looks what is due (`retention.interval`)
public record RetentionSettings(
        boolean compliance, List<RetentionClass> classes, List<VerifierKey> approvers, Duration interval) {
    /// Nothing but the terms of the ledgers.
    public static final RetentionSettings DEFAULT =
            new RetentionSettings(false, List.of(), List.of(), Duration.ofMinutes(1));

    public RetentionSettings {
        classes = List.copyOf(classes);
        approvers = List.copyOf(approvers);
    }
}
