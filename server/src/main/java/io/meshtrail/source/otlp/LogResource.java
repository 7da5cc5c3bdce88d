package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Where log records come from: the attributes of their resource.
///
/// @param fingerprint SHA-256 of the resource as it came
record LogResource(Json attributes, byte[] fingerprint) {
    static final LogResource NONE = new LogResource(new Json.Obj(java.util.Map.of()), sha256(new byte[0]));

    static LogResource of(Json attributes, byte[] bytes) {
        return new LogResource(attributes, sha256(bytes));
    }

    /// The first of these attributes that is there, as text; empty if none is.
    String first(List<String> keys) {
        return first(attributes, keys);
    }

    static String first(Json attributes, List<String> keys) {
        for (String key : keys) {
            String value = attributes.get(key).scalar().orElse("");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
