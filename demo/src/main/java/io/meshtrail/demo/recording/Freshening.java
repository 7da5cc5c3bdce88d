package io.meshtrail.demo.recording;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Makes a recorded access log message new: start times move by whole seconds, and the ids that name one call
/// (request,
/// stream, trace, span) change, the same way in every message of a round. All in place: no length changes,
/// and nothing
/// else is touched.
final class Freshening {
    private static final Set<String> IDS = Set.of("trace.id", "span.id", "traceparent");

    private final long seconds;
    private final byte[] mask;

    /// @param seconds what is added to every start time
    /// @param mask 32 digits 0 to 15, which are combined with the digits of the ids
    Freshening(long seconds, byte[] mask) {
        if (mask.length != 32) {
            throw new IllegalArgumentException("the mask has 32 digits, found " + mask.length);
        }
        this.seconds = seconds;
        this.mask = mask.clone();
    }

    /// A fresh copy of a `StreamAccessLogsMessage`.
    byte[] apply(byte[] message) {
        byte[] copy = message.clone();
        Walker whole = new Walker(copy, 0, copy.length);
        while (whole.next()) {
            if (whole.field() == 2 || whole.field() == 3) {
                entries(whole.inside(), whole.field() == 2);
            }
        }
        return copy;
    }

    /// The identifier of a message, as it stands there; empty when it has none.
    static byte[] identifier(byte[] message) {
        Walker whole = new Walker(message, 0, message.length);
        int from = 0;
        while (whole.next()) {
            if (whole.field() == 1) {
                return java.util.Arrays.copyOfRange(message, from, whole.next);
            }
            from = whole.next;
        }
        return new byte[0];
    }

    private void entries(Walker entries, boolean http) {
        while (entries.next()) {
            if (entries.field() == 1) {
                Walker entry = entries.inside();
                while (entry.next()) {
                    if (entry.field() == 1) {
                        common(entry.inside());
                    } else if (http && entry.field() == 3) {
                        request(entry.inside());
                    }
                }
            }
        }
    }

    private void common(Walker common) {
        while (common.next()) {
            switch (common.field()) {
                case 5 -> {
                    Walker time = common.inside();
                    while (time.next()) {
                        if (time.field() == 1) {
                            time.replaceVarint(time.varint() + seconds);
                        }
                    }
                }
                case 22 -> pair(common.inside());
                case 26 -> mask(common, 0, common.length());
                default -> {}
            }
        }
    }

    private void request(Walker request) {
        while (request.next()) {
            switch (request.field()) {
                case 9 -> mask(request, 0, request.length());
                case 13 -> pair(request.inside());
                default -> {}
            }
        }
    }

    /// An entry of a map from string to string.
    private void pair(Walker pair) {
        String key = "";
        while (pair.next()) {
            if (pair.field() == 1) {
                key = pair.text();
            } else if (pair.field() == 2 && IDS.contains(key)) {
                if (key.equals("traceparent") && pair.length() == 55) {
                    mask(pair, 3, 32);
                    mask(pair, 36, 16);
                } else {
                    mask(pair, 0, pair.length());
                }
            }
        }
    }

    /// Changes the hexadecimal digits of an id; a UUID keeps its version and variant.
    private void mask(Walker at, int from, int length) {
        boolean uuid = length == 36;
        for (int i = 0; i < length; i++) {
            int digit = Character.digit(at.byteAt(from + i), 16);
            if (digit >= 0 && !(uuid && (i == 14 || i == 19))) {
                at.replaceByte(from + i, "0123456789abcdef".charAt(digit ^ mask[i % mask.length]));
            }
        }
    }

    /// Goes over the fields of one protobuf message within an array.
    private static final class Walker {
        private final byte[] bytes;
        private final int end;
        private int next;
        private int field;
        private int start;
        private int length;

        Walker(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.next = start;
            this.end = end;
        }

        boolean next() {
            if (next >= end) {
                return false;
            }
            long tag = readVarint();
            field = (int) (tag >>> 3);
            int type = (int) tag & 7;
            switch (type) {
                case 0 -> {
                    start = next;
                    readVarint();
                    length = next - start;
                }
                case 1, 5 -> {
                    start = next;
                    length = type == 1 ? 8 : 4;
                    next += length;
                }
                case 2 -> {
                    length = (int) readVarint();
                    start = next;
                    next += length;
                }
                default ->
                    throw new IllegalArgumentException(
                            "wire type " + type + " at byte " + next + " of a recorded message");
            }
            if (length < 0 || next < start || next > end) {
                throw new IllegalArgumentException("field " + field + " reaches to " + next + " beyond " + end);
            }
            return true;
        }

        int field() {
            return field;
        }

        int length() {
            return length;
        }

        Walker inside() {
            return new Walker(bytes, start, start + length);
        }

        String text() {
            return new String(bytes, start, length, StandardCharsets.UTF_8);
        }

        byte byteAt(int offset) {
            return bytes[start + offset];
        }

        void replaceByte(int offset, char value) {
            bytes[start + offset] = (byte) value;
        }

        long varint() {
            int keep = next;
            next = start;
            long value = readVarint();
            next = keep;
            return value;
        }

        /// In as many bytes as before; the seconds of this century fit into five, as they always have.
        void replaceVarint(long value) {
            long rest = value;
            for (int i = 0; i < length; i++) {
                boolean last = i == length - 1;
                bytes[start + i] = (byte) (last ? rest & 0x7f : (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            if (rest != 0) {
                throw new IllegalArgumentException("the time " + value + " does not fit into " + length + " bytes");
            }
        }

        private long readVarint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (next >= end) {
                    throw new IllegalArgumentException("a number is cut off at byte " + next);
                }
                byte b = bytes[next++];
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number longer than ten bytes ends at byte " + next);
        }
    }
}
