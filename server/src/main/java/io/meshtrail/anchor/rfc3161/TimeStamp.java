package io.meshtrail.anchor.rfc3161;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// What an accepted token says.
///
/// @param at by when the checkpoint existed, by the authority's clock
/// @param serial the token's number at the authority
/// @param policy the object identifier under which it was issued
/// @param chain from the signer to the pinned root, both included
public record TimeStamp(Instant at, BigInteger serial, String policy, List<X509Certificate> chain) {
    public TimeStamp {
        chain = List.copyOf(chain);
    }

    /// The name of who signed.
    public String authority() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }
}
