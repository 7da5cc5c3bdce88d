package io.meshtrail.source.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The texts that come again and again in a stream (clusters, identities, policies), each decoded once.
/// Bounded: a place in the table belongs to whoever came last, and only short ASCII texts get one.
final class TextCache {
    private static final int PLACES = 1_024;
    private static final int LONGEST = 160;

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

    private @Nullable String cached(byte[] bytes, long span) {
        int from = Span.from(span);
        int end = Span.end(span);
        int hash = 1;
        int all = 0;
        for (int i = from; i < end; i++) {
            hash = 31 * hash + bytes[i];
            all |= bytes[i];
        }
        if (all < 0) {
            return null;
        }
        int place = (hash ^ hash >>> 15) & (PLACES - 1);
        byte[] key = keys[place];
        if (key != null && Arrays.equals(bytes, from, end, key, 0, key.length)) {
            return texts[place];
        }
        String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        keys[place] = Arrays.copyOfRange(bytes, from, end);
        texts[place] = text;
        return text;
    }
}
