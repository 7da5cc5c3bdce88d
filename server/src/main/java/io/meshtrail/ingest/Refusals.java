package io.meshtrail.ingest;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.source.Decoded;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Turns what could not be decoded into an event: hostile input must not make its own record vanish. A
/// flood of garbage must not fill the ledger either, so only so many a second and producer become events,
/// and the next one says how many did not.
final class Refusals {
    static final String LENGTH = "length";
    static final String SHA256 = "sha256";
    static final String UNTOLD = "refused_before";

    /// Events a second for each producer.
    static final int A_SECOND = 10;

    /// Events a second for all producers together: a stranger can invent names, and each would have its
    /// share.
    static final int A_SECOND_OF_ALL = 200;

    private static final long SECOND = 1_000_000_000L;

    private long second = Long.MIN_VALUE;
    private int toldThisSecond;

    /// The event of a refusal; empty if its producer, or all of them, have had their share of this second.
    Optional<AuditEvent> event(Decoded.Rejection rejection, Source source, byte[] input, long received) {
        Optional<Long> untold = source.refusalShare(received, A_SECOND);
        if (untold.isEmpty()) {
            return Optional.empty();
        }
        if (!isRoomForOneMore(received)) {
            source.refusalsUntold(untold.orElseThrow() + 1);
            return Optional.empty();
        }
        AuditEvent.Builder event = AuditEvent.builder()
                .kind(Kind.GAP)
                .outcome(Outcome.FAILED)
                .reason(Reason.UNDECODABLE)
                .number(Field.TIME, received)
                .text(Field.DETAIL, rejection.reason())
                .text(Field.PRODUCER_ID, source.id())
                .attribute("record", Integer.toString(rejection.line()))
                .attribute("format", source.format())
                .attribute(LENGTH, Integer.toString(input.length))
                .attribute(SHA256, sha256(input));
        if (untold.get() > 0) {
            event.attribute(UNTOLD, Long.toString(untold.get()));
        }
        return Optional.of(event.build());
    }

    private synchronized boolean isRoomForOneMore(long now) {
        long current = Math.floorDiv(now, SECOND);
        if (current != second) {
            second = current;
            toldThisSecond = 0;
        }
        toldThisSecond++;
        return toldThisSecond <= A_SECOND_OF_ALL;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
