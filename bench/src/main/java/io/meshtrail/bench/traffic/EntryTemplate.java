package io.meshtrail.bench.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of one kind of call, and the places in them that differ from call to call. Numbers are written as
/// varints of the width that the marker had; shorter ones are padded, as protobuf permits.
final class EntryTemplate {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] entry;
    private final int seconds;
    private final int nanos;
    private final int duration;
    private final int port;
    private final int responseBytes;
    private final int requestId;
    private final int trace;
    private final int span;
    private final int pathId;

    /// @param entry an entry of [EntryBytes], with its markers
    /// @throws IllegalStateException if a marker is not there exactly once
    EntryTemplate(byte[] entry) {
        this.entry = framed(entry);
        seconds = varintAt(EntryBytes.SECONDS);
        nanos = varintAt(EntryBytes.NANOS);
        duration = varintAt(EntryBytes.DURATION_NANOS);
        port = varintAt(EntryBytes.SOURCE_PORT);
        responseBytes = varintAt(EntryBytes.RESPONSE_BYTES);
        requestId = textAt(EntryBytes.REQUEST_ID);
        trace = textAt(EntryBytes.TRACE);
        span = textAt(EntryBytes.SPAN);
        byte[] id = ("/" + EntryBytes.ID).getBytes(StandardCharsets.US_ASCII);
        pathId = indexOf(this.entry, id, 0) < 0 ? -1 : placeOf(id) + 1;
    }

    /// Bytes of an entry, with the key and length that it has in a message.
    int length() {
        return entry.length;
    }

    /// Writes one call.
    ///
    /// @param time nanoseconds since 1970
    void write(byte[] target, int at, long time, Draw draw) {
        System.arraycopy(entry, 0, target, at, entry.length);
        varint(target, at + seconds, 5, Math.floorDiv(time, 1_000_000_000L));
        varint(target, at + nanos, 5, Math.floorMod(time, 1_000_000_000L));
        varint(target, at + duration, 5, draw.durationNanos());
        varint(target, at + port, 3, draw.port());
        varint(target, at + responseBytes, 3, draw.responseBytes());
        uuid(target, at + requestId, draw.requestHigh(), draw.requestLow());
        hex(target, at + trace, 16, draw.traceHigh());
        hex(target, at + trace + 16, 16, draw.traceLow());
        hex(target, at + span, 16, draw.span());
        if (pathId >= 0) {
            int rest = draw.pathId();
            for (int i = EntryBytes.ID.length() - 1; i >= 0; i--) {
                target[at + pathId + i] = DIGITS[rest % 10];
                rest /= 10;
            }
        }
    }

    /// The text of a request id, as [#write] writes it: a UUID of version 4.
    static String requestId(long high, long low) {
        byte[] text = EntryBytes.REQUEST_ID.getBytes(StandardCharsets.US_ASCII);
        uuid(text, 0, high, low);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void uuid(byte[] target, int at, long high, long low) {
        hex(target, at, 8, high >>> 32);
        hex(target, at + 9, 4, high >>> 16);
        hex(target, at + 15, 3, high);
        hex(target, at + 20, 3, low >>> 48);
        hex(target, at + 24, 12, low);
    }

    private static void hex(byte[] target, int at, int count, long value) {
        for (int i = 0; i < count; i++) {
            target[at + i] = DIGITS[(int) (value >>> 4 * (count - 1 - i)) & 15];
        }
    }

    private static void varint(byte[] target, int at, int width, long value) {
        for (int i = 0; i < width - 1; i++) {
            target[at + i] = (byte) (value >>> 7 * i | 0x80);
        }
        target[at + width - 1] = (byte) (value >>> 7 * (width - 1) & 0x7F);
    }

    /// The entry as the first field of `HTTPAccessLogEntries`.
    private static byte[] framed(byte[] entry) {
        byte[] length = varint(entry.length);
        byte[] framed = new byte[1 + length.length + entry.length];
        framed[0] = 1 << 3 | 2;
        System.arraycopy(length, 0, framed, 1, length.length);
        System.arraycopy(entry, 0, framed, 1 + length.length, entry.length);
        return framed;
    }

    /// A number as a varint, as short as possible.
    static byte[] varint(long value) {
        int width = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
        byte[] bytes = new byte[width];
        varint(bytes, 0, width, value);
        return bytes;
    }

    private int varintAt(long value) {
        return placeOf(varint(value));
    }

    private int textAt(String marker) {
        return placeOf(marker.getBytes(StandardCharsets.US_ASCII));
    }

    private int placeOf(byte[] marker) {
        int place = indexOf(entry, marker, 0);
        if (place < 0 || indexOf(entry, marker, place + 1) >= 0) {
            throw new IllegalStateException("the marker " + Arrays.toString(marker) + " is not there exactly once");
        }
        return place;
    }

    private static int indexOf(byte[] bytes, byte[] sought, int from) {
        for (int i = from; i <= bytes.length - sought.length; i++) {
            if (Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        return -1;
    }
}
