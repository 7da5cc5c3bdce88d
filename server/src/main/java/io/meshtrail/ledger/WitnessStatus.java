package io.meshtrail.ledger;

import java.util.Optional;

/// How a witness stands to a ledger.
///
/// @param name the policy's name for it
/// @param key its verifier key
/// @param size the largest size that it has cosigned in this server's life, 0 if none
/// @param at nanoseconds since 1970 of that cosignature; 0 if there is none
/// @param trouble why it does not cosign at the moment, if so
public record WitnessStatus(String name, String key, long size, long at, Optional<String> trouble) {}
