package io.meshtrail.demo.envoy;

import java.util.LinkedHashMap;
import java.util.Map;

/// A protobuf message with its type, as JSON.
final class Typed {
    private Typed() {}

    /// @param message the full name, without the scheme
    static Map<String, Object> of(String message, Map<String, ?> fields) {
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("@type", "type.googleapis.com/" + message);
        typed.putAll(fields);
        return typed;
    }

    /// A named extension with its configuration.
    static Map<String, Object> extension(String name, String message, Map<String, ?> fields) {
        return Map.of("name", name, "typed_config", of(message, fields));
    }

    static Map<String, Object> address(String host, int port) {
        return Map.of("socket_address", Map.of("address", host, "port_value", port));
    }
}
