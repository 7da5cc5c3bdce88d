/// SQL that people write themselves, run in a process of its own.
///
/// In: the text of one SELECT over the view `events`. Out: columns, rows, and what the answer covers. Always:
/// the statement is checked as the engine's own parser understood it, and runs where no file but those of the
/// snapshot can be read; time, memory and rows are limited; whatever it breaks is its own process, and costs
/// one answer.
///
/// Start at [SqlDesk], which stays in the server, then [SqlWorker], which is the process, then
/// [StatementCheck].
@NullMarked
package io.meshtrail.sql;

import org.jspecify.annotations.NullMarked;
