package io.meshtrail.ingest;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.StreamDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A wire format for tests, one record a line: `denied PATH`, `allowed PATH`, `nothing`; anything else is
/// refused. A first line `from NAME` of a stream names its producer.
final class WordDecoder implements Decoder, StreamDecoder {
    private final String format;
    private String producer = "unknown";

    WordDecoder(String format) {
        this.format = format;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        List<Decoded> decoded = new ArrayList<>();
        int line = 0;
        for (String text : new String(body, StandardCharsets.UTF_8).lines().toList()) {
            line++;
            if (text.startsWith("from ")) {
                producer = text.substring(5);
            } else {
                decoded.add(record(text, line, hints));
            }
        }
        return decoded;
    }

    @Override
    public List<Decoded> message(byte[] message, long received) {
        return decode(message, Hints.none(received));
    }

    @Override
    public String producer() {
        return producer;
    }

    private static Decoded record(String text, int line, Hints hints) {
        if (text.equals("nothing")) {
            return new Decoded.Ignored("nothing to audit");
        }
        if (text.equals("break")) {
            throw new IllegalStateException("a decoder that breaks its promise");
        }
        if (!text.startsWith("denied ") && !text.startsWith("allowed ")) {
            return new Decoded.Rejection(line, "no word of this format: " + text);
        }
        boolean denied = text.startsWith("denied ");
        AuditEvent.Builder event = AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(denied ? Outcome.DENIED : Outcome.ALLOWED)
                .number(Field.TIME, hints.received())
                .text(Field.HTTP_PATH, text.substring(text.indexOf(' ') + 1))
                .text(Field.CLUSTER, hints.cluster().orElse(null));
        return new Decoded.Event(event.build(), text.getBytes(StandardCharsets.UTF_8));
    }
}
