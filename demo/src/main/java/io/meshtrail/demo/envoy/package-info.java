/// Envoy's configuration in the shape Istio gives it, and the Envoy processes.
///
/// In: the cast, its certificates and policies. Out: one bootstrap file and one process for each workload,
/// and their
/// counters. Always holds: no process outlives ours. Start with [io.meshtrail.demo.envoy.Bootstrap].
@NullMarked
package io.meshtrail.demo.envoy;

import org.jspecify.annotations.NullMarked;
