package io.meshtrail.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.demo.cast.Persona;
import io.meshtrail.demo.cast.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCaTest {
    private final Instant now = Instant.now();

    @Test
    void aWorkloadHasItsSpiffeIdAndTheSignatureOfTheCa(@TempDir Path folder)
            throws IOException, GeneralSecurityException {
        DemoCa ca = DemoCa.open(folder, now);
        X509Certificate certificate = ca.identity(Workload.PAYMENTS).certificate();
        certificate.verify(ca.root().getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://cluster.local/ns/shop/sa/payments"));
        assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.17");
    }

    @Test
    void eachBadCertificateIsBadInOneWayOnly(@TempDir Path folder) throws IOException, GeneralSecurityException {
        DemoCa ca = DemoCa.open(folder, now);
        X509Certificate expired = ca.identity(DemoCa.EXPIRED).certificate();
        expired.verify(ca.root().getPublicKey());
        assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);

        X509Certificate unknown = ca.identity(DemoCa.UNKNOWN_CA).certificate();
        unknown.checkValidity();
        assertThatThrownBy(() -> unknown.verify(ca.root().getPublicKey())).isInstanceOf(SignatureException.class);

        X509Certificate foreign = ca.identity(DemoCa.FOREIGN_TRUST_DOMAIN).certificate();
        foreign.verify(ca.root().getPublicKey());
        foreign.checkValidity();
        assertThat(foreign.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://partner.example/ns/shop/sa/reports"));
    }

    @Test
    void aSecondStartUsesTheSameCertificatesWhileTheyAreFresh(@TempDir Path folder) throws IOException {
        X509Certificate first =
                DemoCa.open(folder, now).identity(Persona.REPORTS).certificate();
        assertThat(DemoCa.open(folder, now.plus(Duration.ofDays(5)))
                        .identity(Persona.REPORTS)
                        .certificate())
                .isEqualTo(first);
        assertThat(DemoCa.open(folder, now.plus(Duration.ofDays(25)))
                        .identity(Persona.REPORTS)
                        .certificate())
                .isNotEqualTo(first);
    }

    @Test
    void aStartThatWasCutShortBeginsAnew(@TempDir Path folder) throws IOException {
        X509Certificate first = DemoCa.open(folder, now).root();
        Files.delete(folder.resolve("complete"));
        assertThat(DemoCa.open(folder, now).root()).isNotEqualTo(first);
    }

    @Test
    void keysAreForTheOwnerOnly(@TempDir Path folder) throws IOException {
        DemoCa ca = DemoCa.open(folder, now);
        assertThat(Files.getPosixFilePermissions(ca.identity(Workload.WEB).keyFile()))
                .extracting(Enum::name)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }
}
