package io.meshtrail.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TokenIssuerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Decoder URL = Base64.getUrlDecoder();

    @Test
    void aTokenIsSignedByTheKeyInTheJwks(@TempDir Path folder) throws IOException, GeneralSecurityException {
        String token = TokenIssuer.open(folder).token("ann", "shop", Instant.EPOCH, Duration.ofMinutes(10));
        // A second start reads the key of the first.
        JsonNode key = JSON.readTree(TokenIssuer.open(folder).jwks()).at("/keys/0");
        PublicKey publicKey = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.get("n")), number(key.get("e"))));
        int dot = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(publicKey);
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(URL.decode(token.substring(dot + 1)))).isTrue();
    }

    @Test
    void aTokenSaysWhoForWhomAndUntilWhen(@TempDir Path folder) throws IOException {
        String token =
                TokenIssuer.open(folder).token("ben", "billing", Instant.ofEpochSecond(1000), Duration.ofHours(-1));
        String body = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
        JsonNode claims = JSON.readTree(URL.decode(body));
        assertThat(claims.get("iss").asString()).isEqualTo(TokenIssuer.ISSUER);
        assertThat(claims.get("sub").asString()).isEqualTo("ben");
        assertThat(claims.get("aud").asString()).isEqualTo("billing");
        assertThat(claims.get("exp").asLong()).isEqualTo(1000 - 3600);
    }

    private static BigInteger number(JsonNode text) {
        return new BigInteger(1, URL.decode(text.asString()));
    }
}
