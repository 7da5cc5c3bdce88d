/// The JSON access log of an Envoy without a mesh.
///
/// In: one JSON object a line, with whatever else the proxy printed in between, or an array. Out: one
/// event for each request or connection. Always: keys are read under their usual names; what is not known
/// becomes an attribute; lines that are no access log are ignored, broken ones rejected.
/// Start at [EnvoyJsonDecoder]; what a record means is decided by [io.meshtrail.envoy.EnvoyVerdict].
@NullMarked
package io.meshtrail.source.envoyjson;

import org.jspecify.annotations.NullMarked;
