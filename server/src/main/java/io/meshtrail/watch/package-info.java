/// Control planes that tell nobody what changes in them, and so must be asked. One sub-package for each.
///
/// In: what the control plane has now. Out: events of what changed since. Always: what is hidden from us is
/// not taken for deleted, and who changed it is not guessed. Start at
/// [io.meshtrail.watch.consul.ConsulWatch].
@NullMarked
package io.meshtrail.watch;

import org.jspecify.annotations.NullMarked;
