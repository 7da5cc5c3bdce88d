/// Consul by blocking queries: intentions, config entries, ACL objects and CA roots, for editions without
/// an audit log.
///
/// In: lists as Consul's HTTP API answers them. Out: an event for each object that appeared, changed or
/// went. Always: only the list's own index makes it newer; an answer that Consul filtered, or that came
/// without a leader, deletes nothing; after a restore of Consul's state absence must be seen twice; tokens'
/// secrets are dropped before anything else. Start at [ConsulWatch]; the rules for one list are in
/// [WatchedList].
@NullMarked
package io.meshtrail.watch.consul;

import org.jspecify.annotations.NullMarked;
