package io.meshtrail.anchor.rfc3161;

import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;

/// Decides whether an answer of a time-stamp authority (RFC 3161, RFC 5816) holds for a checkpoint. All
/// must be so: it was granted; it speaks of these bytes and this request; it is signed by a certificate
/// that it binds, that may do nothing but stamp, and whose chain ended in a pinned root at the time it
/// states; the policy is allowed.
public final class TimeStampVerifier {
    private final PinnedRoots roots;
    private final Set<String> policies;

    /// @param policies object identifiers that are allowed; empty for any
    public TimeStampVerifier(PinnedRoots roots, Set<String> policies) {
        this.roots = roots;
        this.policies = Set.copyOf(policies);
    }

    /// @param answer a DER `TimeStampResp`
    /// @param digest SHA-256 of the complete checkpoint note
    /// @param nonce of the request; empty only where the request is not at hand
    /// @throws TimeStampException naming what does not hold
    public TimeStamp verify(byte[] answer, Hash digest, Optional<BigInteger> nonce) throws TimeStampException {
        try {
            TimeStampResponse response = new TimeStampResponse(answer);
            if (response.getStatus() != 0 && response.getStatus() != 1) {
                throw new TimeStampException("the authority granted nothing: status " + response.getStatus()
                        + (response.getStatusString() == null ? "" : ", " + response.getStatusString()));
            }
            TimeStampToken token = response.getTimeStampToken();
            if (token == null) {
                throw new TimeStampException("the authority's answer has no token");
            }
            checkClaims(token, digest, nonce);
            Store<X509CertificateHolder> sent = token.getCertificates();
            X509Certificate signer = signer(token, sent);
            // Signature, ESSCertID or ESSCertIDv2, the one critical purpose, and validity at the stated
            // time.
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
            Instant at = token.getTimeStampInfo().getGenTime().toInstant();
            return new TimeStamp(
                    at,
                    token.getTimeStampInfo().getSerialNumber(),
                    token.getTimeStampInfo().getPolicy().getId(),
                    chain(signer, certificates(sent), at));
        } catch (TSPException | IOException | OperatorCreationException | GeneralSecurityException refused) {
            if (refused instanceof TimeStampException named) {
                throw named;
            }
            throw new TimeStampException("the time stamp does not verify: " + refused.getMessage(), refused);
        } catch (RuntimeException hostile) {
            // The parser throws these for bytes that are no ASN.1 it knows.
            throw new TimeStampException("the answer cannot be read: " + hostile, hostile);
        }
    }

    private void checkClaims(TimeStampToken token, Hash digest, Optional<BigInteger> nonce) throws TimeStampException {
        if (!token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)) {
            throw new TimeStampException("the token's imprint is no SHA-256");
        }
        byte[] imprint = token.getTimeStampInfo().getMessageImprintDigest();
        if (imprint.length != Hash.BYTES || !Hash.at(imprint, 0).equals(digest)) {
            throw new TimeStampException("the token's imprint is of other bytes: it is not " + digest.hex());
        }
        if (nonce.isPresent()
                && !nonce.orElseThrow().equals(token.getTimeStampInfo().getNonce())) {
            throw new TimeStampException("the token's nonce is not that of the request");
        }
        String policy = token.getTimeStampInfo().getPolicy().getId();
        if (!policies.isEmpty() && !policies.contains(policy)) {
            throw new TimeStampException("the token's policy " + policy + " is none of " + policies);
        }
    }

    private X509Certificate signer(TimeStampToken token, Store<X509CertificateHolder> sent)
            throws TimeStampException, GeneralSecurityException {
        Collection<X509CertificateHolder> named = sent.getMatches(null).stream()
                .filter(each -> token.getSID().match(each))
                .collect(Collectors.toList());
        if (named.size() != 1) {
            throw new TimeStampException("the answer has " + named.size() + " certificates of its signer, wanted 1");
        }
        return new JcaX509CertificateConverter().getCertificate(named.iterator().next());
    }

    private static List<X509Certificate> certificates(Store<X509CertificateHolder> sent)
            throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (X509CertificateHolder each : sent.getMatches(null)) {
            certificates.add(new JcaX509CertificateConverter().getCertificate(each));
        }
        return certificates;
    }

    private List<X509Certificate> chain(X509Certificate signer, List<X509Certificate> sent, Instant at)
            throws GeneralSecurityException {
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(signer);
        Set<TrustAnchor> anchors = roots.certificates().stream()
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, wanted);
        List<X509Certificate> between = new ArrayList<>(sent);
        between.addAll(roots.certificates());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
        parameters.setDate(Date.from(at));
        // Revocation needs the network and the authority; whoever checks years later has neither.
        parameters.setRevocationEnabled(false);
        PKIXCertPathBuilderResult built =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
        CertPath path = built.getCertPath();
        List<X509Certificate> chain = new ArrayList<>();
        path.getCertificates().forEach(each -> chain.add((X509Certificate) each));
        chain.add(built.getTrustAnchor().getTrustedCert());
        return chain;
    }
}
