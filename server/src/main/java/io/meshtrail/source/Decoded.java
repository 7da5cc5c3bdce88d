package io.meshtrail.source;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Reason;
import java.util.Optional;

/// What became of one input record.
public sealed interface Decoded {
    /// It is an event.
    ///
    /// @param event without `received`; with `time` if the record knows one that is believable
    /// @param record the exact input bytes of this record, by which a repetition is recognised
    /// @param origin who made the record, where the same one may come over several ways; empty if it is
    ///     who sent it
    record Event(AuditEvent event, byte[] record, Optional<String> origin) implements Decoded {
        public Event(AuditEvent event, byte[] record) {
            this(event, record, Optional.empty());
        }
    }

    /// It is well formed and tells nothing to audit.
    record Ignored(String why) implements Decoded {}

    /// It was not understood.
    ///
    /// @param line the 1-based number of the record in its body: the line, or the item of a list
    /// @param reason for people
    record Rejection(int line, String reason) implements Decoded {
        /// The code under which an undecodable record of a known producer is kept.
        public static final Reason CODE = Reason.UNDECODABLE;
    }
}
