/// Checkpoints in a bucket whose Object Lock lets nobody change or delete them before their term is over.
///
/// In: a checkpoint. Out: an object of its own. Always: the right to put objects is all that is needed.
/// Start at [S3Anchor].
@NullMarked
package io.meshtrail.anchor.s3;

import org.jspecify.annotations.NullMarked;
