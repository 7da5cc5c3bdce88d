/// The audit log of the Kubernetes API server: who changed what, and who was refused.
///
/// In: an `EventList`, one `Event`, an array of them, or one a line (group `audit.k8s.io`, v1 and v1beta1). Out: one
/// event for each request that ended. Always: the contents of Secrets and tokens are masked before any field is
/// read; one bad item never costs another; a dry run is never a change.
/// Start at [KubernetesAuditDecoder].
@NullMarked
package io.meshtrail.source.kubernetes;

import org.jspecify.annotations.NullMarked;
