package io.meshtrail.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads an entry, strictly: the bytes must be exactly what the codec writes. The last step proves it by
/// encoding
/// again,
/// so the parser itself need not know every rule of the canonical form.
final class EntryParser {
    private final byte[] bytes;
    private int at;

    private EntryParser(byte[] bytes) {
        this.bytes = bytes;
    }

    static AuditEvent parse(byte[] bytes) throws EntryFormatException {
        if (bytes.length > EventCodec.MAX_ENTRY) {
            throw new EntryFormatException("entry of " + bytes.length + " bytes, at most " + EventCodec.MAX_ENTRY);
        }
        AuditEvent event = new EntryParser(bytes).event();
        if (!event.has(Field.RECEIVED)) {
            throw new EntryFormatException("entry without `received`");
        }
        if (!Arrays.equals(EventCodec.encodeLoosely(event), bytes)) {
            throw new EntryFormatException("entry is not in the canonical form");
        }
        return event;
    }

    private AuditEvent event() throws EntryFormatException {
        AuditEvent.Builder builder = AuditEvent.builder();
        expect('{');
        boolean version = false;
        boolean more = peek() != '}';
        while (more) {
            String key = string();
            expect(':');
            if (key.equals("v")) {
                long value = number();
                if (value != EventCodec.VERSION) {
                    throw new EntryFormatException("entry of version " + value + ", this codec knows version 1");
                }
                version = true;
            } else if (key.startsWith(Field.ATTRIBUTE_PREFIX)) {
                builder.exactAttribute(key.substring(Field.ATTRIBUTE_PREFIX.length()), string());
            } else {
                builder.exactly(field(key), value(field(key)));
            }
            more = peek() == ',';
            if (more) {
                at++;
            }
        }
        expect('}');
        if (at != bytes.length) {
            throw new EntryFormatException("entry goes on after its object, at byte " + at);
        }
        if (!version) {
            throw new EntryFormatException("entry without `v`");
        }
        return builder.build();
    }

    private static Field field(String key) throws EntryFormatException {
        Optional<Field> field = Field.named(key);
        if (field.isEmpty()) {
            throw new EntryFormatException("version 1 has no field '" + key + "'");
        }
        return field.get();
    }

    private Object value(Field field) throws EntryFormatException {
        return switch (field.type()) {
            case TEXT, JSON -> string();
            case INTEGER -> number();
            case TIME -> time();
            case TEXTS -> strings();
        };
    }

    private long time() throws EntryFormatException {
        String text = string();
        OptionalLong nanos = Timestamp.parse(text);
        if (nanos.isEmpty()) {
            throw new EntryFormatException("not a time: '" + text + "'");
        }
        return nanos.getAsLong();
    }

    private List<String> strings() throws EntryFormatException {
        List<String> values = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            if (!values.isEmpty()) {
                expect(',');
            }
            values.add(string());
        }
        at++;
        return List.copyOf(values);
    }

    private long number() throws EntryFormatException {
        int from = at;
        long value = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 17) {
            value = value * 10 + bytes[at] - '0';
            at++;
        }
        if (at == from || value > EventCodec.MAX_INTEGER) {
            throw new EntryFormatException("not an integer from 0 to 2^53 - 1, at byte " + from);
        }
        return value;
    }

    private String string() throws EntryFormatException {
        expect('"');
        int from = at;
        boolean escaped = false;
        while (peek() != '"') {
            if (bytes[at] == '\\') {
                escaped = true;
                at++;
                peek();
            }
            at++;
        }
        String text = utf8(from, at - from);
        at++;
        return escaped ? unescape(text, from) : text;
    }

    private String utf8(int from, int length) throws EntryFormatException {
        int i = from;
        while (i < from + length && bytes[i] >= 0) {
            i++;
        }
        if (i == from + length) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw new EntryFormatException("invalid UTF-8 in the string at byte " + from);
        }
    }

    private static String unescape(String text, int from) throws EntryFormatException {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case '"', '\\' -> plain.append(escape);
                case 'b' -> plain.append('\b');
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'f' -> plain.append('\f');
                case 'r' -> plain.append('\r');
                case 'u' -> {
                    if (i + 4 >= text.length()) {
                        throw new EntryFormatException("short escape in the string at byte " + from);
                    }
                    int value = hex(text, i + 1);
                    if (value < 0 || value >= 0x20) {
                        throw new EntryFormatException("needless escape in the string at byte " + from);
                    }
                    plain.append((char) value);
                    i += 4;
                }
                default -> throw new EntryFormatException("unknown escape in the string at byte " + from);
            }
        }
        return plain.toString();
    }

    private static int hex(String text, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private int peek() throws EntryFormatException {
        if (at >= bytes.length) {
            throw new EntryFormatException("entry ends early, at byte " + at);
        }
        return bytes[at];
    }

    private void expect(char c) throws EntryFormatException {
        if (peek() != c) {
            throw new EntryFormatException("expected '" + c + "' at byte " + at);
        }
        at++;
    }
}
