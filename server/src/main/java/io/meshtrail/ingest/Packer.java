package io.meshtrail.ingest;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Fitting;
import io.meshtrail.event.Submission;
import io.meshtrail.source.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Packs decoded records into a [Batch]: names the producer, makes each event fit an entry, and keeps the
/// refused ones of known producers as events of their own.
final class Packer {
    private static final List<Field> LARGE_FIELDS = List.of(Field.RAW, Field.CHANGE_DIFF);
    private static final String STAND_IN = "x".repeat(256);
    private static final int BYTES_A_CHARACTER = 3;

    private final Refusals refusals;

    Packer(Refusals refusals) {
        this.refusals = refusals;
    }

    /// Adds the records of one message or body. A producer is known by what it told before, or tells beside the
    /// records that are refused.
    ///
    /// @param input the bytes they came in
    /// @param repeatable whether the sender may send the same record again
    void pack(List<Decoded> decoded, Source source, byte[] input, boolean repeatable, long received, Batch batch) {
        String producer = source.id();
        boolean known = source.known() || decoded.stream().anyMatch(Decoded.Event.class::isInstance);
        for (Decoded record : decoded) {
            switch (record) {
                case Decoded.Event event ->
                    batch.event(new Submission(
                            fit(Batch.named(event.event(), producer)),
                            event.origin().orElse(producer),
                            repeatable ? event.record() : null));
                case Decoded.Ignored nothing -> batch.ignored();
                case Decoded.Rejection rejection -> {
                    batch.rejected(rejection);
                    source.rejected(rejection.reason(), received);
                    if (known) {
                        keep(rejection, source, input, repeatable, received).ifPresent(batch::refusal);
                    }
                }
            }
        }
    }

    private Optional<Submission> keep(
            Decoded.Rejection rejection, Source source, byte[] input, boolean repeatable, long received) {
        Optional<AuditEvent> event = refusals.event(rejection, source, input, received);
        return event.map(kept -> new Submission(fit(kept), source.id(), repeatable ? identity(kept, rejection) : null));
    }

    /// The same refused line of the same bytes is one fact, however often it is sent.
    private static byte[] identity(AuditEvent kept, Decoded.Rejection rejection) {
        return ("refused " + rejection.line() + " " + kept.attributes().get(Refusals.SHA256))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Large `raw` and `change.diff` leave the entry for a blob later on: they must not be cut here, nor cut
    /// others. While the rest is fitted, something as long as what the blob leaves behind stands in for them.
    static AuditEvent fit(AuditEvent event) {
        if (!event.has(Field.RAW) && !event.has(Field.CHANGE_DIFF)) {
            return Fitting.fit(event);
        }
        List<Field> large =
                LARGE_FIELDS.stream().filter(field -> large(event, field)).toList();
        if (large.isEmpty()) {
            return Fitting.fit(event);
        }
        AuditEvent.Builder small = event.toBuilder();
        large.forEach(field -> small.text(field, STAND_IN));
        AuditEvent.Builder whole = Fitting.fit(small.build()).toBuilder();
        large.forEach(field -> whole.text(field, event.text(field).orElseThrow()));
        return whole.build();
    }

    private static boolean large(AuditEvent event, Field field) {
        Optional<String> text = event.text(field);
        return text.isPresent()
                && text.get().length() > EventCodec.INLINE_LIMIT / BYTES_A_CHARACTER
                && text.get().getBytes(StandardCharsets.UTF_8).length > EventCodec.INLINE_LIMIT;
    }
}
