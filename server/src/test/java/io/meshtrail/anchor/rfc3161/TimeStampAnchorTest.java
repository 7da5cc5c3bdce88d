package io.meshtrail.anchor.rfc3161;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.anchor.AnchoredCheckpoint;
import io.meshtrail.anchor.Receipt;
import io.meshtrail.anchor.SampleCheckpoints;
import io.meshtrail.host.system.SystemHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OpenSSL as the authority, and OpenSSL again to check what we keep. Every way in which an answer can be
/// wrong is refused by name.
class TimeStampAnchorTest {
    private static final AnchoredCheckpoint CHECKPOINT = SampleCheckpoints.of(600);

    @TempDir
    private Path folder;

    private TestAuthority authority;

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(TestAuthority.isThere(), "SKIPPED: the program openssl is not installed");
        authority = new TestAuthority(folder.resolve("tsa"));
    }

    @AfterEach
    void close() {
        if (authority != null) {
            authority.close();
        }
    }

    private Receipt place(PinnedRoots roots, Set<String> policies) throws Exception {
        SystemHost machine = new SystemHost();
        return new TimeStampAnchor(
                        "tsa", authority.uri(), new TimeStampVerifier(roots, policies), machine::now, machine.random())
                .place(CHECKPOINT);
    }

    private void assertRefused(String words) {
        assertThatThrownBy(() -> place(authority.roots(), Set.of()))
                .isInstanceOf(TimeStampException.class)
                .hasMessageContaining(words);
    }

    @Test
    void what_is_kept_is_enough_for_openssl_to_verify_the_note() throws Exception {
        Receipt receipt = place(authority.roots(), Set.of("1.2.3.4.1"));
        receipt.files().forEach((ending, bytes) -> write("kept." + ending, bytes));
        assertThat(receipt.files()).containsOnlyKeys("checkpoint", "tsq", "tsr", "pem");
        assertThat(receipt.files().get("checkpoint")).isEqualTo(CHECKPOINT.bytes());
        assertThat(receipt.says())
                .containsEntry("policy", "1.2.3.4.1")
                .containsEntry("authority", "CN=Test authority")
                .containsKeys("time", "serial");
        assertThat(authority.openssl(
                        "ts", "-verify", "-data", "kept.checkpoint", "-in", "kept.tsr", "-CAfile", "ca.pem"))
                .contains("Verification: OK");
        assertThat(authority.openssl(
                        "ts", "-verify", "-queryfile", "kept.tsq", "-in", "kept.tsr", "-CAfile", "kept.pem"))
                .contains("Verification: OK");
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.write(authority.folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void another_nonce_is_refused() {
        authority.onQuery = query -> asking(CHECKPOINT.sha256().bytes(), BigInteger.valueOf(7));
        assertRefused("nonce");
    }

    @Test
    void no_nonce_is_refused() {
        authority.onQuery = query -> {
            try {
                TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
                generator.setCertReq(true);
                return generator
                        .generate(TSPAlgorithms.SHA256, CHECKPOINT.sha256().bytes())
                        .getEncoded();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertRefused("nonce");
    }

    @Test
    void another_imprint_is_refused() {
        authority.onQuery = query -> asking(SampleCheckpoints.of(601).sha256().bytes(), nonceOf(query));
        assertRefused("imprint");
    }

    @Test
    void another_root_is_refused() throws Exception {
        try (TestAuthority other = new TestAuthority(folder.resolve("other"))) {
            assertThatThrownBy(() -> place(other.roots(), Set.of()))
                    .isInstanceOf(TimeStampException.class)
                    .hasMessageContaining("does not verify");
        }
    }

    @Test
    void another_policy_is_refused() {
        assertThatThrownBy(() -> place(authority.roots(), Set.of("1.2.3.4.2")))
                .isInstanceOf(TimeStampException.class)
                .hasMessageContaining("1.2.3.4.1")
                .hasMessageContaining("1.2.3.4.2");
    }

    @Test
    void a_certificate_that_had_expired_is_refused() throws Exception {
        authority.signer = authority.signer(TestAuthority.Purpose.STAMP, -10, -1);
        assertRefused("does not verify");
    }

    @Test
    void a_certificate_that_may_do_anything_else_or_does_not_say_so_critically_is_refused() throws Exception {
        KeyPurposeId stamp = KeyPurposeId.id_kp_timeStamping;
        KeyPurposeId serve = KeyPurposeId.id_kp_serverAuth;
        for (TestAuthority.Purpose purpose : List.of(
                new TestAuthority.Purpose(true, List.of()),
                new TestAuthority.Purpose(false, List.of(stamp)),
                new TestAuthority.Purpose(true, List.of(serve)),
                new TestAuthority.Purpose(true, List.of(stamp, serve)))) {
            TestAuthority.Signer signer = authority.signer(purpose, -10, 10);
            authority.onAnswer = answer -> signedAgain(answer, signer, signer);
            assertThatThrownBy(() -> place(authority.roots(), Set.of()))
                    .as("%s", purpose)
                    .isInstanceOf(TimeStampException.class)
                    .hasMessageContaining("ExtendedKeyUsage");
        }
        // The same way of signing again passes where the certificate is right: it is the purpose that is
        // refused.
        TestAuthority.Signer right = authority.signer(TestAuthority.Purpose.STAMP, -10, 10);
        authority.onAnswer = answer -> signedAgain(answer, right, right);
        assertThat(place(authority.roots(), Set.of()).says()).containsKey("serial");
    }

    @Test
    void a_token_that_binds_another_certificate_than_its_signers_is_refused() throws Exception {
        TestAuthority.Signer one = authority.signer(TestAuthority.Purpose.STAMP, -10, 10);
        TestAuthority.Signer two = authority.signer(TestAuthority.Purpose.STAMP, -10, 10);
        authority.onAnswer = answer -> signedAgain(answer, one, two);
        assertRefused("does not verify");
    }

    @Test
    void a_clock_that_is_far_off_is_refused() throws Exception {
        SystemHost machine = new SystemHost();
        long hour = Duration.ofHours(1).toNanos();
        TimeStampAnchor anchor = new TimeStampAnchor(
                "tsa",
                authority.uri(),
                new TimeStampVerifier(authority.roots(), Set.of()),
                () -> machine.now() + hour,
                machine.random());
        assertThatThrownBy(() -> anchor.place(CHECKPOINT))
                .isInstanceOf(TimeStampException.class)
                .hasMessageContaining("one of the clocks is wrong");
    }

    @Test
    void a_refusal_of_the_authority_is_told() {
        authority.onQuery = query -> new byte[] {0x30, 0x00};
        assertRefused("granted nothing");
    }

    @Test
    void another_content_type_is_refused() {
        authority.type = "text/html";
        assertRefused("text/html");
    }

    @Test
    void a_flipped_bit_anywhere_is_refused_or_changes_nothing() throws Exception {
        byte[] good = authority.reply(asking(CHECKPOINT.sha256().bytes(), BigInteger.ONE));
        TimeStampVerifier verifier = new TimeStampVerifier(authority.roots(), Set.of());
        TimeStamp stamp = verifier.verify(good, CHECKPOINT.sha256(), Optional.of(BigInteger.ONE));
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int bit = random.nextInt(bad.length * 8);
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                // What signatures do not cover (a status text, the order of a set) may differ; what it says
                // may not.
                assertThat(verifier.verify(bad, CHECKPOINT.sha256(), Optional.of(BigInteger.ONE)))
                        .as("bit %d flipped, seed %d", bit, seed)
                        .isEqualTo(stamp);
            } catch (TimeStampException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    private static BigInteger nonceOf(byte[] query) {
        try {
            return new TimeStampRequest(query).getNonce();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] asking(byte[] digest, BigInteger nonce) {
        try {
            TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
            generator.setCertReq(true);
            return generator.generate(TSPAlgorithms.SHA256, digest, nonce).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same claims, signed by hand, as no honest tool would: it asks for no purpose of the certificate.
    private static byte[] signedAgain(byte[] answer, TestAuthority.Signer signer, TestAuthority.Signer bound) {
        try {
            CMSSignedData token =
                    new TimeStampResponse(answer).getTimeStampToken().toCMSSignedData();
            byte[] claims = (byte[]) token.getSignedContent().getContent();
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(bound.certificate().getEncoded());
            ASN1EncodableVector attributes = new ASN1EncodableVector();
            attributes.add(new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                    new DERSet(new SigningCertificateV2(new ESSCertIDv2[] {new ESSCertIDv2(hash)}))));
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .setSignedAttributeGenerator(
                                    new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(signer.keys().getPrivate()),
                                    signer.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(signer.certificate())));
            CMSSignedData again =
                    generator.generate(new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, claims), true);
            TimeStampResp response =
                    new TimeStampResp(TimeStampResp.getInstance(answer).getStatus(), again.toASN1Structure());
            return response.getEncoded("DER");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
