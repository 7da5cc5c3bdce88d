package io.meshtrail.ledger;

import io.meshtrail.proof.AddCheckpointRequest;
import io.meshtrail.proof.AddCheckpointVerdict;
import io.meshtrail.proof.LogKeys;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.witness.WitnessTransport.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A witness in memory that judges as the protocol says, and can be down, silent or another than it says.
final class FakeWitness {
    final SigningKey key;
    private final Map<String, TreeHead> latest = new HashMap<>();
    private CompletableFuture<Reply> held = new CompletableFuture<>();

    /// How it behaves.
    enum Mood {
        WELL,
        DOWN,
        BUSY,
        HOLDS_ITS_ANSWER,
        SIGNS_WITH_ANOTHER_KEY,
        DOES_NOT_KNOW_US
    }

    Mood mood = Mood.WELL;
    int asked;

    FakeWitness(String name, int seed) throws MalformedException {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        key = SigningKey.ofSeed(name, SignatureType.COSIGNATURE_ED25519, bytes);
    }

    /// What it knows, as if others had asked.
    void knows(String origin, TreeHead head) {
        latest.put(origin, head);
    }

    long size(String origin) {
        return latest.getOrDefault(origin, TreeHead.EMPTY).treeSize();
    }

    CompletableFuture<Reply> post(byte[] body, List<VerifierKey> logs) {
        asked++;
        return switch (mood) {
            case DOWN -> CompletableFuture.failedFuture(new IOException("connection refused"));
            case BUSY -> CompletableFuture.completedFuture(new Reply(503, new byte[0]));
            case DOES_NOT_KNOW_US -> CompletableFuture.completedFuture(answer(body, List.of()));
            case HOLDS_ITS_ANSWER -> hold();
            case WELL, SIGNS_WITH_ANOTHER_KEY -> CompletableFuture.completedFuture(answer(body, logs));
        };
    }

    private CompletableFuture<Reply> hold() {
        held = new CompletableFuture<>();
        return held;
    }

    /// The answer that was held comes as a time-out.
    void timesOut() {
        held.completeExceptionally(new java.util.concurrent.TimeoutException("request timed out"));
    }

    private Reply answer(byte[] body, List<VerifierKey> logs) {
        try {
            AddCheckpointRequest request = AddCheckpointRequest.parse(body);
            String origin = request.origin();
            TreeHead known = latest.getOrDefault(origin, TreeHead.EMPTY);
            return switch (AddCheckpointVerdict.of(request, new LogKeys(logs), known)) {
                case AddCheckpointVerdict.Cosign cosign -> {
                    latest.put(origin, cosign.head());
                    yield new Reply(
                            200,
                            text(signer().cosign(request.note().text(), 1_795_000_000L)
                                            .line() + "\n"));
                }
                case AddCheckpointVerdict.Refuse refuse ->
                    new Reply(
                            refuse.status(),
                            text(refuse.latestSize().map(Object::toString).orElse(refuse.why()) + "\n"));
            };
        } catch (MalformedException malformed) {
            return new Reply(400, text(malformed.getMessage()));
        }
    }

    private SigningKey signer() throws MalformedException {
        return mood == Mood.SIGNS_WITH_ANOTHER_KEY
                ? SigningKey.ofSeed(key.verifierKey().name(), SignatureType.COSIGNATURE_ED25519, new byte[32])
                : key;
    }

    private static byte[] text(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }
}
