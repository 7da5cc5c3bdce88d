/// Copies of the checkpoints of `root` in places that the operator of this server does not rule: a Git
/// repository, a webhook, a time-stamp authority, a bucket that lets nobody delete. Whoever steals the keys
/// can sign another history; he cannot take these back.
///
/// In: the newest published checkpoint of `root`. Out: a receipt of each place, recorded in `root`. Always:
/// one place that fails or hangs hinders neither another nor the server; what a receipt says is durable
/// before `root` names it.
/// Start at [Anchor], then [AnchorStation]. The adapters are one level below.
@NullMarked
package io.meshtrail.anchor;

import org.jspecify.annotations.NullMarked;
