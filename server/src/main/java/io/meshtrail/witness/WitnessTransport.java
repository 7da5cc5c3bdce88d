package io.meshtrail.witness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// How witnesses are reached.
@FunctionalInterface
public interface WitnessTransport {
    /// Posts a body.
    ///
    /// @param timeout after which the answer fails
    /// @return the answer of any status; it fails if there is none
    CompletableFuture<Reply> post(String url, byte[] body, Duration timeout);

    /// An answer.
    ///
    /// @param body at most [io.meshtrail.proof.SignedNote#MAX_BYTES]; a longer one is a failure
    record Reply(int status, byte[] body) {}
}
