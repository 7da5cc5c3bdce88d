/// Certificates and tokens, good and bad ones.
///
/// In: a folder. Out: PEM files for Envoy, TLS contexts for clients, signed tokens and their JWKS. Always
/// holds: a
/// second
/// start reuses what the first made while it is fresh enough. Start with [io.meshtrail.demo.identity.DemoCa].
@NullMarked
package io.meshtrail.demo.identity;

import org.jspecify.annotations.NullMarked;
