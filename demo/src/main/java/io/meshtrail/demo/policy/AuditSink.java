package io.meshtrail.demo.policy;

/// Where audit events go: Meshtrail, or a recording.
@FunctionalInterface
public interface AuditSink {
    /// Hands an event over; must not throw.
    ///
    /// @return whether it was accepted
    boolean accept(AuditEvent event);
}
