package io.meshtrail.anchor.rfc3161;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A time-stamp authority for tests: the program `openssl ts` behind a small HTTP server, under a root made
/// for it.
final class TestAuthority implements AutoCloseable {
    private static final String TYPE = "application/timestamp-reply";

    /// What a certificate is for.
    record Purpose(boolean critical, List<KeyPurposeId> purposes) {
        static final Purpose STAMP = new Purpose(true, List.of(KeyPurposeId.id_kp_timeStamping));
    }

    /// Who signs tokens.
    record Signer(KeyPair keys, X509Certificate certificate) {}

    final Path folder;
    final KeyPair rootKeys = keys();
    final X509Certificate root;
    private final HttpServer server;

    /// What becomes of a query before the authority sees it, and of its answer before it is sent.
    UnaryOperator<byte[]> onQuery = UnaryOperator.identity();

    UnaryOperator<byte[]> onAnswer = UnaryOperator.identity();
    String type = TYPE;
    Signer signer;

    TestAuthority(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        X500Name name = new X500Name("CN=Test root");
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(name, BigInteger.ONE, at(-100), at(100), name, rootKeys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        root = sign(builder);
        signer = signer(Purpose.STAMP, -10, 10);
        Files.write(folder.resolve("ca.pem"), PinnedRoots.pem(List.of(root)));
        Files.writeString(folder.resolve("ts.cnf"), """
                [tsa]
                default_tsa = tsa1
                [tsa1]
                serial = %1$s/serial
                default_policy = 1.2.3.4.1
                digests = sha256
                signer_digest = sha256
                accuracy = secs:1
                ess_cert_id_chain = no
                ess_cert_id_alg = sha256
                """.formatted(folder));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer;
            try {
                answer = onAnswer.apply(
                        reply(onQuery.apply(exchange.getRequestBody().readAllBytes())));
            } catch (Exception failed) {
                answer = String.valueOf(failed).getBytes(StandardCharsets.UTF_8);
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    static boolean isThere() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException | InterruptedException none) {
            return false;
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    PinnedRoots roots() {
        return new PinnedRoots(List.of(root));
    }

    /// @param fromDay days from today from which its certificate is valid
    /// @param toDay days from today until which
    Signer signer(Purpose purpose, int fromDay, int toDay) throws Exception {
        KeyPair keys = keys();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=Test root"),
                BigInteger.valueOf(2),
                at(fromDay),
                at(toDay),
                new X500Name("CN=Test authority"),
                keys.getPublic());
        if (!purpose.purposes().isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    purpose.critical(),
                    new ExtendedKeyUsage(purpose.purposes().toArray(new KeyPurposeId[0])));
        }
        return new Signer(keys, sign(builder));
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKeys.getPrivate())));
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Date at(int day) {
        return Date.from(Instant.now().plus(Duration.ofDays(day)));
    }

    /// What `openssl ts -reply` answers to a query.
    byte[] reply(byte[] query) throws Exception {
        Path key = folder.resolve("tsa.key");
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(signer.keys().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Files.write(folder.resolve("tsa.pem"), PinnedRoots.pem(List.of(signer.certificate())));
        Files.write(folder.resolve("query.tsq"), query);
        openssl(
                "ts",
                "-reply",
                "-config",
                "ts.cnf",
                "-section",
                "tsa1",
                "-queryfile",
                "query.tsq",
                "-signer",
                "tsa.pem",
                "-inkey",
                "tsa.key",
                "-out",
                "reply.tsr");
        return Files.readAllBytes(folder.resolve("reply.tsr"));
    }

    /// Runs `openssl` in the folder and returns what it says.
    String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
