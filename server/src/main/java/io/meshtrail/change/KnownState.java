package io.meshtrail.change;

import io.meshtrail.event.Address;
import java.util.Optional;

/// A state and where the ledger has it.
///
/// @param address of the event that shows it; empty while that is still on its way into the ledger
public record KnownState(ObjectState state, Optional<Address> address) {}
