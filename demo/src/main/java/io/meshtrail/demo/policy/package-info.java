/// The authorization policies of the demo, as objects, as Envoy RBAC and as Kubernetes audit events.
///
/// In: the script of changes. Out: filter configuration files (written beside, then renamed) and audit
/// events. Always
/// holds: both are made from the same [io.meshtrail.demo.policy.Policy]. Start with
/// [io.meshtrail.demo.policy.PolicyBook].
@NullMarked
package io.meshtrail.demo.policy;

import org.jspecify.annotations.NullMarked;
