/// The only door to time, disk, randomness and threads. Everything else is a plain function of what it is
/// given,
/// so a
/// simulated host can run a whole server from a seed.
///
/// Start at [Host].
@NullMarked
package io.meshtrail.host;

import org.jspecify.annotations.NullMarked;
