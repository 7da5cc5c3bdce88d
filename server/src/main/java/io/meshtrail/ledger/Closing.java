package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// An epoch of a ledger that was closed, as the `close` entry in `root` says.
///
/// @param key the verifier key of the epoch
/// @param here how many entries survived; the next epoch begins with them
/// @param root base64 of the tree's root at that size
/// @param signedSize the largest size that the epoch is known to have signed
/// @param checkpoint the checkpoint of that size, verbatim, if there was one
/// @param reason the operator's words
/// @param why what made the recovery close it
public record Closing(
        String ledger,
        String origin,
        int epoch,
        String key,
        long here,
        String root,
        long signedSize,
        Optional<byte[]> checkpoint,
        String reason,
        String why) {
    public Closing {
        if (epoch < 1 || here < 0 || signedSize < 0) {
            throw new IllegalArgumentException("epoch " + epoch + " of ledger " + ledger + " closed at " + here
                    + " entries, signed " + signedSize);
        }
    }

    /// @throws IllegalArgumentException if the entry does not say what a `close` says
    public static Closing of(AuditEvent close) {
        Map<String, String> says = close.attributes();
        return new Closing(
                says.getOrDefault("ledger", ""),
                says.getOrDefault("origin", ""),
                Integer.parseInt(says.getOrDefault("epoch", "")),
                says.getOrDefault("key", ""),
                Long.parseLong(says.getOrDefault("here", "")),
                says.getOrDefault("root", ""),
                Long.parseLong(says.getOrDefault("signed_size", "")),
                Optional.ofNullable(says.get("checkpoint")).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                close.text(Field.DETAIL).orElse(""),
                says.getOrDefault("why", ""));
    }

    /// One more than the last entry that is lost; equal to [#here] if none is.
    public long lostTo() {
        return Math.max(here, signedSize);
    }

    /// What is lost, for a person.
    public String words() {
        String loss = lostTo() == here
                ? "nothing that is known to have been signed is lost"
                : "entries " + here + " to " + (lostTo() - 1) + " are lost";
        return "epoch " + epoch + " (" + origin + ") ends at " + here + " entries, " + loss + ": " + reason;
    }
}
