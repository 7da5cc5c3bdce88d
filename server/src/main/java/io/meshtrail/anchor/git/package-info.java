/// Checkpoints in a Git repository, through the program `git` of this machine and the credentials that it
/// knows.
///
/// In: a checkpoint. Out: a commit on a branch elsewhere. Always: the branch only grows, and no shell is
/// involved.
/// Start at [GitAnchor].
@NullMarked
package io.meshtrail.anchor.git;

import org.jspecify.annotations.NullMarked;
