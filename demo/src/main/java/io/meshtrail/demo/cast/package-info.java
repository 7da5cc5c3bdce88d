/// Who plays in the demo, and what: workloads, clients, the cases and the count of what was done.
///
/// In: nothing but names. Out: addresses, identities, and what an auditor must find for each case. Always
/// holds: one
/// [io.meshtrail.demo.cast.Case] gives one primary event for each call. Start with
/// [io.meshtrail.demo.cast.Case].
@NullMarked
package io.meshtrail.demo.cast;

import org.jspecify.annotations.NullMarked;
