package io.meshtrail.demo.identity;

import io.meshtrail.demo.cast.Persona;
import io.meshtrail.demo.cast.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;

/// Every certificate of the demo, made once into a folder and reused by later starts while ten days of life
/// are left.
public final class DemoCa {
    /// The gateway's server certificate, for `shop.example`.
    public static final String GATEWAY_SERVER = "gateway-server";

    /// Signed rightly for `reports`, but over since yesterday.
    public static final String EXPIRED = "expired";

    /// Says `reports`, but signed by a CA that nobody here knows.
    public static final String UNKNOWN_CA = "unknown-ca";

    /// Signed rightly, for a workload of another trust domain.
    public static final String FOREIGN_TRUST_DOMAIN = "foreign-trust-domain";

    private static final Duration LEFT = Duration.ofDays(10);

    private final Path folder;
    private final X509Certificate root;
    private final Map<String, Identity> identities;

    private DemoCa(Path folder, X509Certificate root, Map<String, Identity> identities) {
        this.folder = folder;
        this.root = root;
        this.identities = Map.copyOf(identities);
    }

    /// Opens the folder's certificates, or makes them.
    ///
    /// @throws IOException when the folder cannot be read or written
    public static DemoCa open(Path folder, Instant now) throws IOException {
        Files.createDirectories(folder);
        try {
            return fresh(folder, now) ? load(folder) : create(folder, now);
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates of the demo in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// The CA certificate that every workload trusts.
    public X509Certificate root() {
        return root;
    }

    public Path rootFile() {
        return folder.resolve("root.pem");
    }

    public Identity identity(Workload workload) {
        return identity(workload.workloadName());
    }

    public Identity identity(Persona persona) {
        return identity(persona.serviceAccount());
    }

    /// The identity of that name, for the constants above.
    public Identity identity(String name) {
        Identity identity = identities.get(name);
        if (identity == null) {
            throw new IllegalArgumentException("the demo has no certificate named " + name + "; it has "
                    + identities.keySet().stream().sorted().toList());
        }
        return identity;
    }

    private static boolean fresh(Path folder, Instant now) throws IOException, GeneralSecurityException {
        // Written last, so that a start that was cut short is not taken for a whole one.
        Path mark = folder.resolve("complete");
        return Files.exists(mark)
                && Pem.certificate(folder.resolve("root.pem"))
                        .getNotAfter()
                        .toInstant()
                        .isAfter(now.plus(LEFT));
    }

    private static DemoCa load(Path folder) throws IOException, GeneralSecurityException {
        Map<String, Identity> identities = new HashMap<>();
        for (String name : Files.readAllLines(folder.resolve("complete"))) {
            Path chain = folder.resolve(name + ".pem");
            Path key = folder.resolve(name + ".key");
            identities.put(name, new Identity(name, Pem.certificate(chain), Pem.key(key, "EC"), chain, key));
        }
        return new DemoCa(folder, Pem.certificate(folder.resolve("root.pem")), identities);
    }

    private static DemoCa create(Path folder, Instant now) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(folder.resolve("complete"));
        Issuer ours = Issuer.create("cluster.local", now);
        Issuer rogue = Issuer.create("rogue.example", now);
        Map<String, Identity> identities = new HashMap<>();
        Instant from = now.minus(Duration.ofHours(1));
        Instant to = now.plus(Issuer.LIFE);
        for (Workload workload : Workload.values()) {
            add(identities, folder, workload.workloadName(), ours, uri(workload.spiffeId()), from, to);
        }
        for (Persona persona : Persona.values()) {
            add(identities, folder, persona.serviceAccount(), ours, uri(persona.spiffeId()), from, to);
        }
        GeneralName host = new GeneralName(GeneralName.dNSName, "shop.example");
        add(identities, folder, GATEWAY_SERVER, ours, host, from, to);
        GeneralName reports = uri(Persona.REPORTS.spiffeId());
        Instant lastMonth = now.minus(Duration.ofDays(30));
        add(identities, folder, EXPIRED, ours, reports, lastMonth, now.minus(Duration.ofDays(1)));
        add(identities, folder, UNKNOWN_CA, rogue, reports, from, to);
        GeneralName foreign = uri("spiffe://partner.example/ns/shop/sa/reports");
        add(identities, folder, FOREIGN_TRUST_DOMAIN, ours, foreign, from, to);
        Pem.write(folder.resolve("root.pem"), ours.certificate());
        Files.write(folder.resolve("complete"), identities.keySet());
        return new DemoCa(folder, ours.certificate(), identities);
    }

    private static void add(
            Map<String, Identity> identities,
            Path folder,
            String name,
            Issuer issuer,
            GeneralName subject,
            Instant from,
            Instant to)
            throws IOException, GeneralSecurityException {
        KeyPair keys = Issuer.newKeys();
        X509Certificate certificate = issuer.issue(keys, subject, from, to);
        Path chainFile = folder.resolve(name + ".pem");
        Path keyFile = folder.resolve(name + ".key");
        Pem.write(chainFile, certificate);
        Pem.write(keyFile, keys.getPrivate());
        identities.put(name, new Identity(name, certificate, keys.getPrivate(), chainFile, keyFile));
    }

    private static GeneralName uri(String spiffeId) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId);
    }
}
