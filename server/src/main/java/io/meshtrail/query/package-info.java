/// The question: a query language, its tree, and the port that answers.
///
/// In: text as a person types it. Out: events, newest first, and counts, each answer with what it covers.
/// Always:
/// an
/// answer
/// says what it could not read; a query that does not parse says where and why.
/// Start at [QueryParser], then [Filter], then [QueryEngine].
@NullMarked
package io.meshtrail.query;

import org.jspecify.annotations.NullMarked;
