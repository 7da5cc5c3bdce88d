package io.meshtrail.query;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;

/// An event that was found, and where it stands.
public record Hit(Address address, AuditEvent event) {}
