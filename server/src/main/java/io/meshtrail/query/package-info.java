/// The question: a query language, its tree, and the port that answers.
///
/// In: text as a person types it. Out: events, newest first, and counts, each answer with what it covers.
/// Always: an answer says what it could not read; a query that does not parse says where and why; the tree
/// means the same to [FilterMatcher] and to every engine.
/// Start at [QueryParser], then [Filter], then [QueryEngine]. The language is told in
/// `docs/reference/query-language.md`.
@NullMarked
package io.meshtrail.query;

import org.jspecify.annotations.NullMarked;
