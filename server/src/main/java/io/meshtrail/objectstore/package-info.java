/// Bytes at rest that are no journal and no segment: the ports [ObjectStore] (large, dumb, untrusted: what it
/// gives back is
/// checked by its hash) and [CheckpointStore] (tiny, compare-and-set, the memory of what was signed).
@NullMarked
package io.meshtrail.objectstore;

import org.jspecify.annotations.NullMarked;
