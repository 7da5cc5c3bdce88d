/// Checkpoints to an address of the operator's choice, as JSON with a signature that both sides can
/// compute.
///
/// In: a checkpoint. Out: one POST. Always: nothing is sent anywhere but there.
/// Start at [WebhookAnchor].
@NullMarked
package io.meshtrail.anchor.webhook;

import org.jspecify.annotations.NullMarked;
