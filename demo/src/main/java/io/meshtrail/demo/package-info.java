/// The demo mesh: real Envoy sidecars, services behind them, and clients that are allowed, denied and fail.
///
/// In: where Envoy is, where Meshtrail listens, how long and how fast. Out: Envoy's own access log streams,
/// Kubernetes
/// audit events of the policy changes, and a [io.meshtrail.demo.cast.Tally] of everything that was done.
///
/// Always holds: what a policy object says in the audit event is what the proxies enforce, since both are
/// made from one
/// [io.meshtrail.demo.policy.Policy]; every child process ends with this one.
///
/// Start with [io.meshtrail.demo.DemoMesh]; [io.meshtrail.demo.Demo] is the command line over it.
@NullMarked
package io.meshtrail.demo;

import org.jspecify.annotations.NullMarked;
