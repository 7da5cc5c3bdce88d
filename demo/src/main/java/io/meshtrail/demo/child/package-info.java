/// Child processes that end with this one.
///
/// In: a command. Out: a running child on a leash. Always holds: when this process goes, however it goes, its
/// children
/// end
/// within seconds; what was left all the same is ended by the next start. Start with
/// [io.meshtrail.demo.child.Leash].
@NullMarked
package io.meshtrail.demo.child;

import org.jspecify.annotations.NullMarked;
