/// The access log of Kuma and Kong Mesh, which is Envoy's with operators of their own.
///
/// In: lines of text or JSON. Out: one event for each request or connection. Always: read like every
/// printed Envoy log, so that only names differ.
/// Start at [KumaDecoder]; all that is Kuma's own is in [KumaDialect].
@NullMarked
package io.meshtrail.source.kuma;

import org.jspecify.annotations.NullMarked;
