package io.meshtrail.source.envoy;

import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import org.jspecify.annotations.Nullable;

/// One field of a `google.protobuf.Struct`, or one item of its lists: a key and a value of one of six types.
/// It is moved over the fields, so that a walk allocates little; it never descends by itself.
final class StructField {
    private static final int ENTRY = 1 << 3 | ProtoReader.BYTES;

    private long key;
    private long text;
    private double number;
    private boolean isNumber;
    private boolean isBool;
    private boolean bool;
    private @Nullable ProtoReader struct;
    private @Nullable ProtoReader list;

    /// Goes to the next field of a Struct.
    boolean next(ProtoReader fields) throws MalformedBytesException {
        while (fields.next()) {
            if (fields.key() == ENTRY) {
                key = Span.NONE;
                clearValue();
                ProtoReader entry = fields.message();
                while (entry.next()) {
                    switch (entry.key()) {
                        case 1 << 3 | ProtoReader.BYTES -> key = entry.span();
                        case 2 << 3 | ProtoReader.BYTES -> readValue(entry.message());
                        default -> {}
                    }
                }
                return true;
            }
        }
        return false;
    }

    /// Goes to the next item of a ListValue.
    boolean nextItem(ProtoReader items) throws MalformedBytesException {
        while (items.next()) {
            if (items.key() == ENTRY) {
                key = Span.NONE;
                clearValue();
                readValue(items.message());
                return true;
            }
        }
        return false;
    }

    long key() {
        return key;
    }

    /// The string, or no span if it is none.
    long text() {
        return text;
    }

    boolean isTrue() {
        return isBool && bool;
    }

    /// The Struct, or null if it is none.
    @Nullable
    ProtoReader struct() {
        return struct;
    }

    /// The list, or null if it is none.
    @Nullable
    ProtoReader list() {
        return list;
    }

    /// A number or a truth value as text: whole numbers without a fraction. Empty if it is neither.
    String plain() {
        if (isNumber) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
            return whole ? Long.toString((long) number) : Double.toString(number);
        }
        return isBool ? Boolean.toString(bool) : "";
    }

    private void clearValue() {
        text = Span.NONE;
        isNumber = false;
        isBool = false;
        struct = null;
        list = null;
    }

    private void readValue(ProtoReader value) throws MalformedBytesException {
        while (value.next()) {
            clearValue();
            switch (value.key()) {
                case 2 << 3 | ProtoReader.FIXED64 -> {
                    isNumber = true;
                    number = Double.longBitsToDouble(value.number());
                }
                case 3 << 3 | ProtoReader.BYTES -> text = value.span();
                case 4 << 3 | ProtoReader.VARINT -> {
                    isBool = true;
                    bool = value.number() != 0;
                }
                case 5 << 3 | ProtoReader.BYTES -> struct = value.message();
                case 6 << 3 | ProtoReader.BYTES -> list = value.message();
                default -> {}
            }
        }
    }
}
