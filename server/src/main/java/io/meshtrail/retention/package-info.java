/// What is kept and what goes: terms, classes, legal holds, pruning, and the blobs that nobody names any more.
///
/// In: what `root` says, the terms of the configuration, the segments. Out: statements in `root`, and then segments
/// that are gone. Always: nothing goes before it is on record under a checkpoint of `root`; nothing goes that a hold
/// keeps; every segment is proved once more before it goes. Start at [PruneStation], then [HoldDesk].
@NullMarked
package io.meshtrail.retention;

import org.jspecify.annotations.NullMarked;
