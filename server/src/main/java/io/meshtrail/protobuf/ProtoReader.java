package io.meshtrail.protobuf;

/// Walks the fields of one protobuf message in an array, without copying and without a schema. Each step
/// checks its bounds; groups are skipped; what a field means is the caller's matter.
///
/// A field is told apart by its [#key()], number and wire type together, so that a known number in an
/// unexpected wire type is just another unknown field.
public final class ProtoReader {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int BYTES = 2;
    public static final int FIXED32 = 5;

    private static final int GROUP_START = 3;
    private static final int GROUP_END = 4;
    private static final int TYPE_BITS = 3;
    private static final int GROUP_DEPTH = 64;

    private final byte[] bytes;
    private final int to;
    private int at;
    private int key;
    private long number;
    private int from;
    private int length;
    private boolean cut;

    public ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    /// A reader of the message that lies at a span of the same array.
    public static ProtoReader at(byte[] bytes, long span) {
        return new ProtoReader(bytes, Span.from(span), Span.from(span) + Span.length(span));
    }

    /// Goes to the next field that is no group.
    ///
    /// @return false at the end
    public boolean next() throws MalformedBytesException {
        while (at < to) {
            readKey();
            if ((key & 7) != GROUP_START) {
                readValue();
                return true;
            }
            skipGroup();
        }
        return false;
    }

    /// Field number and wire type of the current field: `number << 3 | type`.
    public int key() {
        return key;
    }

    /// The number of the current field.
    public int field() {
        return key >>> TYPE_BITS;
    }

    /// The value of a varint or fixed field.
    public long number() {
        return number;
    }

    /// The place of a length-delimited field in the array.
    public long span() {
        return Span.of(from, length);
    }

    /// Whether [#next()] broke at a length-delimited field that is longer than what is left; [#key()],
    /// [#span()] and [#message()] then give the part that is there.
    public boolean isCut() {
        return cut;
    }

    /// A reader of the message in the current length-delimited field.
    public ProtoReader message() {
        return new ProtoReader(bytes, from, from + length);
    }

    private void readKey() throws MalformedBytesException {
        int start = at;
        long tag = varint();
        if (tag >>> TYPE_BITS == 0 || tag > 0xFFFF_FFFFL) {
            throw new MalformedBytesException("no field number", start);
        }
        key = (int) tag;
    }

    private void readValue() throws MalformedBytesException {
        switch (key & 7) {
            case VARINT -> number = varint();
            case FIXED64 -> number = fixed(Long.BYTES);
            case FIXED32 -> number = fixed(Integer.BYTES);
            case BYTES -> {
                int start = at;
                long size = varint();
                if (size < 0 || size > to - at) {
                    from = at;
                    length = to - at;
                    cut = true;
                    throw new MalformedBytesException(
                            "a field of " + Long.toUnsignedString(size) + " bytes where " + (to - at) + " are left",
                            start);
                }
                from = at;
                length = (int) size;
                at += length;
            }
            default -> throw new MalformedBytesException("wire type " + (key & 7), at);
        }
    }

    private long varint() throws MalformedBytesException {
        if (at < to && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at >= to) {
                throw new MalformedBytesException("the end within a varint", at);
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedBytesException("a varint of more than ten bytes", at);
    }

    private long fixed(int size) throws MalformedBytesException {
        if (to - at < size) {
            throw new MalformedBytesException("the end within a fixed number", at);
        }
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[at + i] & 0xFF);
        }
        at += size;
        return value;
    }

    /// Skips to the end of a group. Depth is bounded and held in an array, not on the stack of calls, so
    /// that nesting cannot exhaust it.
    private void skipGroup() throws MalformedBytesException {
        int[] open = new int[GROUP_DEPTH];
        int depth = 1;
        open[0] = field();
        while (depth > 0) {
            if (at >= to) {
                throw new MalformedBytesException("the end within a group", at);
            }
            int start = at;
            readKey();
            switch (key & 7) {
                case GROUP_START -> {
                    if (depth == GROUP_DEPTH) {
                        throw new MalformedBytesException("groups deeper than " + GROUP_DEPTH, start);
                    }
                    open[depth++] = field();
                }
                case GROUP_END -> {
                    if (open[--depth] != field()) {
                        throw new MalformedBytesException("the end of another group", start);
                    }
                }
                default -> readValue();
            }
        }
    }
}
