/// Erasure: personal values are stored as pseudonyms, and an erasable table outside the ledger knows
/// whose they are.
///
/// In: events before they are stored, queries before they are asked, a subject that is to be forgotten.
/// Out: events and queries with pseudonyms, answers with the values. Always: a pseudonym is a commitment
/// to its value, so one pseudonym has one value or, once erased, none; its row is durable before an entry
/// names it; what is erased was first on record in `root`, and no older table brings it back.
/// Start at [Pseudonym], then [SubjectTable], [EventDisguise], [FilterTranslation] and [Erasure].
@NullMarked
package io.meshtrail.privacy;

import org.jspecify.annotations.NullMarked;
