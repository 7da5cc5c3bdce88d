package io.meshtrail.ledger;

import java.time.Duration;
import java.util.Optional;

/// A time in which requests are refused because there is no room, as `root` tells of it: once when it begins, once
/// when it is over. It is over when nothing was refused for a while, so that a disk that fills up again and again
/// tells one story and does not fill itself with it.
final class RefusalEpisode {
    /// How long nothing may be refused before an episode is over.
    static final Duration CALM = Duration.ofSeconds(30);

    private final Admission admission;
    private final Teller teller;

    /// Refusals before the current or the next episode.
    private long countBefore;

    private boolean telling;
    private Optional<String> reason = Optional.empty();

    /// Writes into `root`. What throws is tried again.
    interface Teller {
        void refuse(String reason) throws java.io.IOException, InterruptedException;

        /// @param refused requests that were refused meanwhile
        void resume(long refused) throws java.io.IOException, InterruptedException;
    }

    RefusalEpisode(Admission admission, Teller teller) {
        this.admission = admission;
        this.teller = teller;
    }

    /// Tells what is to be told now.
    ///
    /// @param elapsed [io.meshtrail.host.Host#elapsed]
    void advance(long elapsed) throws java.io.IOException, InterruptedException {
        Optional<Admission.Refusals> refusals = admission.refusals();
        if (refusals.isEmpty()) {
            return;
        }
        long count = refusals.orElseThrow().count();
        if (reason.isEmpty() && count > countBefore) {
            reason = Optional.of(refusals.orElseThrow().reason());
        }
        if (reason.isPresent() && !telling) {
            teller.refuse(reason.orElseThrow());
            telling = true;
        }
        if (telling && elapsed - refusals.orElseThrow().at() >= CALM.toNanos()) {
            teller.resume(count - countBefore);
            telling = false;
            reason = Optional.empty();
            countBefore = count;
        }
    }
}
