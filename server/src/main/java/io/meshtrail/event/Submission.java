package io.meshtrail.event;

import org.jspecify.annotations.Nullable;

/// An event on its way to the ledger, already masked and without `received`.
///
/// @param event the event
/// @param producer who sent it, as far as is known; the scope within which repetition is recognised
/// @param identity what makes a repetition recognisable: the exact bytes of the input record, or null where the
/// transport
///     cannot repeat (then the event is never taken for a duplicate)
public record Submission(AuditEvent event, String producer, byte @Nullable [] identity) {}
