package io.meshtrail.anchor.rfc3161;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// Certificates that a person has decided to trust as the end of an authority's chain.
///
/// @param certificates at least one
public record PinnedRoots(List<X509Certificate> certificates) {
    public PinnedRoots {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate");
        }
    }

    /// Reads PEM, one certificate or several.
    ///
    /// @throws IllegalArgumentException if there is none or one cannot be read
    public static PinnedRoots ofPem(byte[] pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                certificates.add((X509Certificate) each);
            }
        } catch (CertificateException broken) {
            throw new IllegalArgumentException("no certificates in PEM: " + broken.getMessage(), broken);
        }
        return new PinnedRoots(certificates);
    }

    /// Writes certificates as PEM, each after a line with its subject.
    static byte[] pem(Collection<X509Certificate> certificates) throws CertificateException {
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        for (X509Certificate each : certificates) {
            String text = "# " + each.getSubjectX500Principal().getName() + "\n-----BEGIN CERTIFICATE-----\n"
                    + base64.encodeToString(each.getEncoded()) + "\n-----END CERTIFICATE-----\n";
            pem.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        return pem.toByteArray();
    }
}
