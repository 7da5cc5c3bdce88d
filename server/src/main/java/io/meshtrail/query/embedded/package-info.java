/// The query engine of one process: filters become SQL over the rows of a snapshot.
///
/// In: a search. Out: events and counts. Always: values reach the engine as bound parameters only; what the
/// SQL finds is what [io.meshtrail.query.FilterMatcher] says; a time-out answers with what was covered.
/// Start at [EmbeddedQueryEngine], then [Scope], then [Lowering].
@NullMarked
package io.meshtrail.query.embedded;

import org.jspecify.annotations.NullMarked;
