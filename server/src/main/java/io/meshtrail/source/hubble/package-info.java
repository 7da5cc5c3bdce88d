/// The flows that Cilium's Hubble exports.
///
/// In: one JSON object a line, or an array. Out: one event for each flow, and one for each loss that Hubble
/// itself tells. Always: identities are Cilium's own, made of labels, and prove nothing; packets of an answer
/// are ignored, so that a call is told once.
/// Start at [HubbleDecoder]; what a flow means is decided by [Verdict].
@NullMarked
package io.meshtrail.source.hubble;

import org.jspecify.annotations.NullMarked;
