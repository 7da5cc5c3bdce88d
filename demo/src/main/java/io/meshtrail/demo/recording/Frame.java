package io.meshtrail.demo.recording;

import java.util.Arrays;
import java.util.Optional;

/// One thing that happened during a recorded run.
public final class Frame {
    private final Kind kind;
    private final int millis;
    private final int stream;
    private final byte[] bytes;

    /// What the bytes are.
    public enum Kind {
        /// A `StreamAccessLogsMessage` as Envoy sent it, on the stream of that number.
        ACCESS_LOGS(0),
        /// An `EventList` in JSON; the stream is 0 for the cluster `east`, 1 for `west`.
        AUDIT(1),
        /// Last: the calls made, by case label, as a JSON object.
        TALLY(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Optional<Kind> ofCode(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    /// A frame; the bytes are not copied and must not change.
    ///
    /// @param millis after the run's start
    Frame(Kind kind, int millis, int stream, byte[] bytes) {
        if (millis < 0 || stream < 0) {
            throw new IllegalArgumentException("negative time " + millis + " or stream " + stream);
        }
        this.kind = kind;
        this.millis = millis;
        this.stream = stream;
        this.bytes = bytes;
    }

    public Kind kind() {
        return kind;
    }

    /// Milliseconds after the run's start.
    public int millis() {
        return millis;
    }

    public int stream() {
        return stream;
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }
}
