/// What a change did to an object: the object before, the object after, the difference as JSON Patch and in
/// words.
///
/// In: events of changes with the object as the API showed it in `raw`. Out: the same events with
/// `change.diff` (RFC 6902), a line for each difference in `change.summary`, and the basis on which they
/// were compared; and, for whoever asks later, the states of an object that an event shows. Always:
/// everything is taken from masked events, so that no secret comes in by a difference; what is remembered
/// is a bounded copy of what the ledger has; nothing is compared that is not known, and what it was
/// compared with is said. Start at [DescribingSink] for the way in, at [ObjectState] for what an event
/// shows.
@NullMarked
package io.meshtrail.change;

import org.jspecify.annotations.NullMarked;
