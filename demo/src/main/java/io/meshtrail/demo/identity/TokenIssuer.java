package io.meshtrail.demo.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// An identity provider in memory: signs JWTs with RS256 and shows its public key as a JWKS.
public final class TokenIssuer {
    /// The `iss` of every token.
    public static final String ISSUER = "https://id.corp.example";

    /// The audience that the gateway wants.
    public static final String AUDIENCE = "shop";

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RSAPublicKey publicKey;
    private final PrivateKey privateKey;

    private TokenIssuer(RSAPublicKey publicKey, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /// Opens the folder's signing key, or makes one.
    ///
    /// @throws IOException when the folder cannot be read or written
    public static TokenIssuer open(Path folder) throws IOException {
        Path file = folder.resolve("token-signing.key");
        Files.createDirectories(folder);
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                Pem.write(file, generator.generateKeyPair().getPrivate());
            }
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) Pem.key(file, "RSA");
            RSAPublicKeySpec spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return new TokenIssuer((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec), key);
        } catch (GeneralSecurityException e) {
            throw new IOException("the token signing key " + file + ": " + e.getMessage(), e);
        }
    }

    /// The public key in the form of RFC 7517.
    public String jwks() {
        return JSON.writeValueAsString(Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "kid",
                        "demo",
                        "alg",
                        "RS256",
                        "use",
                        "sig",
                        "n",
                        number(publicKey.getModulus()),
                        "e",
                        number(publicKey.getPublicExponent())))));
    }

    /// A signed token.
    ///
    /// @param life how long from now it is good; negative for one that is over
    public String token(String subject, String audience, Instant now, Duration life) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iat", now.minus(Duration.ofDays(1)).getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("groups", List.of("customers"));
        // Not on Meshtrail's allow-list: must not turn up in the ledger.
        claims.put("email", subject + "@corp.example");
        String head = part(JSON.writeValueAsString(Map.of("alg", "RS256", "kid", "demo", "typ", "JWT")));
        String body = head + "." + part(JSON.writeValueAsString(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            signature.update(body.getBytes(StandardCharsets.US_ASCII));
            return body + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign with SHA256withRSA", e);
        }
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return URL.encodeToString(java.util.Arrays.copyOfRange(bytes, skip, bytes.length));
    }
}
