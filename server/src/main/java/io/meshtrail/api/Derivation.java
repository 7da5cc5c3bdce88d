package io.meshtrail.api;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import java.util.Map;

/// What is joined when answering and is not in the entry, each value with its basis.
@FunctionalInterface
public interface Derivation {
    /// May read and may take a while.
    ///
    /// @return plain JSON values by name; empty if nothing is known
    Map<String, Object> of(Address address, AuditEvent event);
}
