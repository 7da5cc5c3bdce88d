/// What Envoy's own words mean, whichever log they came by: response flags, response code details, the texts of
/// TLS libraries, ids of RBAC policies, names of clusters.
///
/// In: [EnvoyFacts], which a decoder takes from its wire format. Out: an [EnvoyVerdict]: kind, outcome, reason,
/// the words that decided and the policy that denied. Always: a pure function, the same for every format; the
/// first row of the table "from wire facts to event" that fits wins; words of a peer, which a proxy may quote,
/// do not choose the reason.
/// Start at [EnvoyVerdict].
@NullMarked
package io.meshtrail.envoy;

import org.jspecify.annotations.NullMarked;
