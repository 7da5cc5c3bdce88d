package io.meshtrail.app;

import io.meshtrail.ledger.LedgerRecovery;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What the witnesses of a policy remember: each is asked for the last checkpoint of an origin,
/// `GET <url>/<SHA-256 of the origin>/checkpoint`. A witness that does not answer is named and left out.
final class AskedWitnesses implements LedgerRecovery.Memory {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NEVER_SEEN = 404;

    private final TlogPolicy policy;
    private final PrintWriter err;

    AskedWitnesses(TlogPolicy policy, PrintWriter err) {
        this.policy = policy;
        this.err = err;
    }

    @Override
    public List<byte[]> known(VerifierKey key) {
        List<byte[]> known = new ArrayList<>();
        for (TlogPolicy.Witness witness : policy.witnesses()) {
            if (witness.url().isEmpty()) {
                err.println("witness " + witness.name() + " is not asked: the policy has no URL of it");
                continue;
            }
            String url = witness.url().orElseThrow().replaceAll("/+$", "") + "/" + sha256(key.name()) + "/checkpoint";
            try (HttpClient client =
                    HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() == OK) {
                    known.add(answer.body());
                } else if (answer.statusCode() != NEVER_SEEN) {
                    err.println("witness " + witness.name() + " does not say what it remembers of " + key.name() + ": "
                            + url + " answers " + answer.statusCode());
                }
            } catch (IOException | IllegalArgumentException unreachable) {
                err.println("witness " + witness.name() + " cannot be asked about " + key.name() + ": " + url + ": "
                        + unreachable);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
                return known;
            }
        }
        return known;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
