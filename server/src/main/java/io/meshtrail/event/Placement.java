package io.meshtrail.event;

/// Where an event stands.
///
/// @param address its ledger and leafIndex
/// @param duplicate whether it was there already and was not appended again
public record Placement(Address address, boolean duplicate) {}
