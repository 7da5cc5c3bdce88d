/// The proxies' own counters: which of them matter, under whichever name they come, and whose they are.
///
/// In: names, labels and values of metrics. Out: [Reading]s. Always: a metric that does not serve the
/// reconciliation is counted and dropped; one proxy has one name, however its counters came. Start at
/// [Counted] and [Readings].
@NullMarked
package io.meshtrail.counter;

import org.jspecify.annotations.NullMarked;
