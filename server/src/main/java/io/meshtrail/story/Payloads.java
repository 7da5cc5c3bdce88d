package io.meshtrail.story;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The large texts of an event, in its entry or in the blob to which they went.
public final class Payloads {
    /// Where large texts went.
    @FunctionalInterface
    public interface Blobs {
        /// The bytes of this hash, checked against it; empty if they are not there.
        Optional<byte[]> get(String sha256) throws IOException;
    }

    private final Blobs blobs;

    public Payloads(Blobs blobs) {
        this.blobs = blobs;
    }

    /// The text of `raw` or `change.diff`; empty if there is none or its blob cannot be read.
    public Optional<String> of(AuditEvent event, Field field) {
        Optional<String> inline = event.text(field);
        String blob = event.attributes().get("blob." + field.key() + ".sha256");
        if (inline.isPresent() || blob == null) {
            return inline;
        }
        try {
            return blobs.get(blob).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
