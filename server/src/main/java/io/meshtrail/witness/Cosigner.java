package io.meshtrail.witness;

import io.meshtrail.proof.TlogPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// One submission URL of the policy and who signs behind it: one witness, or one with several keys.
final class Cosigner {
    private final String url;
    private final List<TlogPolicy.Witness> witnesses;

    /// Silence and errors of the witness itself hold up all ledgers; a refusal holds up the one it is about.
    private final Backoff backoff = new Backoff();

    private final AtomicLong cosigned = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Cosigner(String url, List<TlogPolicy.Witness> witnesses) {
        this.url = url;
        this.witnesses = List.copyOf(witnesses);
    }

    /// The URL of `add-checkpoint`.
    String addCheckpoint() {
        return (url.endsWith("/") ? url : url + "/") + "add-checkpoint";
    }

    List<TlogPolicy.Witness> witnesses() {
        return witnesses;
    }

    Backoff backoff() {
        return backoff;
    }

    void countCosigned() {
        cosigned.incrementAndGet();
    }

    void countRefused() {
        refused.incrementAndGet();
    }

    void countFailed() {
        failed.incrementAndGet();
    }

    CosignerFigures figures() {
        return new CosignerFigures(witnesses.getFirst().name(), cosigned.get(), refused.get(), failed.get());
    }

    /// For the reader at three in the morning.
    String shown() {
        return "witness " + witnesses.getFirst().name() + " (" + url + ")";
    }
}
