/// What proxies count, held against what arrived: so that an entry that was lost on the way is known to
/// be lost.
///
/// In: [io.meshtrail.counter.Reading]s of proxies, the beginnings and ends of their streams, and what
/// arrived on them. Out: [Gap]s, each once. Always: a difference counts only after two flush intervals,
/// and within one life of a proxy; what can be explained otherwise (an entry under way, a second sink, a
/// start that nobody saw) is no gap. So a gap is never more than what was lost. It knows no network and
/// no clock; time is given with each call. Start at [Reconciler]; `Account` is the comparison itself.
@NullMarked
package io.meshtrail.reconcile;

import org.jspecify.annotations.NullMarked;
