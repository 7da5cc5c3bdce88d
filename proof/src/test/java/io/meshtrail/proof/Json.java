package io.meshtrail.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Just enough JSON to read the vectors of this folder, so that the module needs no library even in its tests.
record Json(@Nullable Object value) {
    static Json read(String name) throws IOException {
        return new Reader(new String(bytes(name), UTF_8)).all();
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Json.class.getResourceAsStream("/ledger/" + name), name)) {
            return in.readAllBytes();
        }
    }

    Json get(String key) {
        return new Json(map().get(key));
    }

    boolean has(String key) {
        return map().get(key) != null;
    }

    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> map() {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    /// The elements; JSON `null` is an empty list.
    List<Json> list() {
        if (value == null) {
            return List.of();
        }
        return ((List<?>) value).stream().map(Json::new).toList();
    }

    String text() {
        return (String) Objects.requireNonNull(value);
    }

    boolean isText() {
        return value instanceof String;
    }

    /// Numbers from 2^63 on come out negative, which every size and leafIndex check must refuse.
    long number() {
        return ((BigInteger) Objects.requireNonNull(value)).longValue();
    }

    boolean flag() {
        return value != null && (Boolean) value;
    }

    Hash hex() throws MalformedException {
        return Hash.fromHex(text());
    }

    Hash base64() throws MalformedException {
        return Hash.fromBase64(text());
    }

    byte[] hexBytes() {
        return HexFormat.of().parseHex(text());
    }

    List<Hash> hexes() throws MalformedException {
        List<Hash> hashes = new ArrayList<>();
        for (Json hash : list()) {
            hashes.add(hash.hex());
        }
        return hashes;
    }

    List<Hash> base64s() throws MalformedException {
        List<Hash> hashes = new ArrayList<>();
        for (Json hash : list()) {
            hashes.add(hash.base64());
        }
        return hashes;
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Json all() {
            return new Json(value());
        }

        private @Nullable Object value() {
            char c = peek();
            return switch (c) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private @Nullable Object word(String word, @Nullable Object meaning) {
            at += word.length();
            return meaning;
        }

        private BigInteger number() {
            int start = at;
            while (at < text.length() && "+-0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return new BigInteger(text.substring(start, at));
        }

        private Map<String, @Nullable Object> object() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            at++;
            while (peek() != '}') {
                String key = string();
                skip(':');
                map.put(key, value());
                skip(',');
            }
            at++;
            return map;
        }

        private List<@Nullable Object> array() {
            List<@Nullable Object> list = new ArrayList<>();
            at++;
            while (peek() != ']') {
                list.add(value());
                skip(',');
            }
            at++;
            return list;
        }

        private String string() {
            peek();
            StringBuilder out = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c != '\\') {
                    out.append(c);
                    continue;
                }
                char escape = text.charAt(++at);
                if (escape == 'u') {
                    out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    int known = "nrtbf".indexOf(escape);
                    out.append(known < 0 ? escape : "\n\r\t\b\f".charAt(known));
                }
            }
            at++;
            return out.toString();
        }

        private char peek() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private void skip(char expected) {
            if (peek() == expected) {
                at++;
            }
        }
    }
}
