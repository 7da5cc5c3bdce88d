package io.meshtrail.source.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.protobuf.Span;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The texts that come again and again in a stream (clusters, identities, policies), each decoded once.
/// Bounded: a place in the table belongs to whoever came last, and only short ASCII texts get one.
final class TextCache {
    private static final int PLACES = 1_024;
    private static final int PLACE_SHIFT = Long.SIZE - 10;
    private static final int LONGEST = 160;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] @Nullable [] keys = new byte[PLACES] @Nullable [];
    private final @Nullable String[] texts = new @Nullable String[PLACES];

    /// Sets a field from a place in a message; mends and notes what is no UTF-8.
    void put(AuditEvent.Builder event, Field field, byte[] bytes, long span) {
        int length = Span.length(span);
        if (length == 0) {
            return;
        }
        String text = length <= LONGEST ? cached(bytes, span) : null;
        if (text == null) {
            event.utf8(field, bytes, Span.from(span), length);
        } else {
            event.text(field, text);
        }
    }

    /// The text at a place in a message; what is no UTF-8 is mended and noted as `invalid_utf8.<name>`.
    String text(AuditEvent.Builder event, String name, byte[] bytes, long span) {
        int length = Span.length(span);
        if (length == 0) {
            return "";
        }
        String text = length <= LONGEST ? cached(bytes, span) : null;
        return text == null ? Utf8.text(event, name, bytes, span) : text;
    }

    /// The text at a place in a message, for looking at and never for keeping: what is not ASCII is not
    /// decoded.
    String look(byte[] bytes, long span) {
        int length = Span.length(span);
        String text = length <= LONGEST ? cached(bytes, span) : null;
        return text == null ? new String(bytes, Span.from(span), length, StandardCharsets.ISO_8859_1) : text;
    }

    /// The text, or null if it is not ASCII.
    private @Nullable String cached(byte[] bytes, long span) {
        int from = Span.from(span);
        int end = Span.end(span);
        int place = place(bytes, from, end - from);
        byte[] key = keys[place];
        if (key != null && Arrays.equals(bytes, from, end, key, 0, key.length)) {
            return texts[place];
        }
        for (int i = from; i < end; i++) {
            if (bytes[i] < 0) {
                return null;
            }
        }
        String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        keys[place] = Arrays.copyOfRange(bytes, from, end);
        texts[place] = text;
        return text;
    }

    /// A place by the length and up to three words of the text: its start, middle and end. Texts that differ
    /// only elsewhere share a place, which costs time and never truth, for the whole text is compared.
    private static int place(byte[] bytes, int from, int length) {
        long hash = length;
        if (length < Long.BYTES) {
            for (int i = from; i < from + length; i++) {
                hash = 31 * hash + bytes[i];
            }
        } else {
            int last = from + length - Long.BYTES;
            hash = hash * MIX + (long) WORDS.get(bytes, from);
            hash = hash * MIX + (long) WORDS.get(bytes, (from + last) / 2);
            hash = hash * MIX + (long) WORDS.get(bytes, last);
        }
        return (int) (hash * MIX >>> PLACE_SHIFT);
    }
}
