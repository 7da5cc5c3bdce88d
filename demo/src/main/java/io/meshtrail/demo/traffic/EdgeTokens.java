package io.meshtrail.demo.traffic;

import io.meshtrail.demo.identity.TokenIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The tokens that customers show at the gateway; good ones are used for some minutes, as browsers do.
final class EdgeTokens {
    /// A secret in a query string, which must not be found in what Meshtrail keeps.
    static final String SECRET = "s3cr3t-of-the-demo";

    private static final List<String> USERS = List.of("ann", "ben", "chloe", "dev", "eve");
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final TokenIssuer issuer;
    private int calls;
    private Instant renew = Instant.MIN;
    private List<String> good = List.of();

    EdgeTokens(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    String good() {
        Instant now = Instant.now();
        if (now.isAfter(renew)) {
            renew = now.plus(LIFE.dividedBy(2));
            good = USERS.stream()
                    .map(user -> issuer.token(user, TokenIssuer.AUDIENCE, now, LIFE))
                    .toList();
        }
        return good.get(calls++ % good.size());
    }

    String expired() {
        return issuer.token("ann", TokenIssuer.AUDIENCE, Instant.now(), Duration.ofHours(-1));
    }

    String wrongAudience() {
        return issuer.token("ben", "billing", Instant.now(), LIFE);
    }

    /// Signed, then changed.
    String forged() {
        String token = good();
        int dot = token.lastIndexOf('.');
        return token.substring(0, dot + 1) + new StringBuilder(token.substring(dot + 1)).reverse();
    }
}
