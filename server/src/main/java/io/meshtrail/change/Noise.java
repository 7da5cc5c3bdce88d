package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Takes from an object what the server keeps for itself: nobody decides it, and it changes with every
/// write.
final class Noise {
    private static final Set<String> METADATA = Set.of(
            "managedFields",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "selfLink",
            "uid",
            "deletionGracePeriodSeconds");

    private static final Set<String> ANNOTATIONS =
            Set.of("kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision");

    /// Consul's own members of an entry; `Hash` is one over all the others.
    private static final Set<String> CONSUL = Set.of("CreateIndex", "ModifyIndex", "Hash");

    private Noise() {}

    static Json without(Json object) {
        if (!object.isObject()) {
            return object;
        }
        Map<String, Json> kept = new LinkedHashMap<>();
        object.fields().forEach((name, value) -> {
            switch (name) {
                case "status" -> {}
                case "metadata" -> put(kept, name, metadata(value));
                default -> {
                    if (!CONSUL.contains(name)) {
                        kept.put(name, value);
                    }
                }
            }
        });
        return new Json.Obj(kept);
    }

    private static Json metadata(Json metadata) {
        if (!metadata.isObject()) {
            return metadata;
        }
        Map<String, Json> kept = new LinkedHashMap<>();
        metadata.fields().forEach((name, value) -> {
            if (name.equals("annotations") && value.isObject()) {
                Map<String, Json> annotations = new LinkedHashMap<>(value.fields());
                annotations.keySet().removeAll(ANNOTATIONS);
                put(kept, name, new Json.Obj(annotations));
            } else if (!METADATA.contains(name)) {
                kept.put(name, value);
            }
        });
        return new Json.Obj(kept);
    }

    private static void put(Map<String, Json> kept, String name, Json value) {
        if (!value.isObject() || !value.fields().isEmpty()) {
            kept.put(name, value);
        }
    }
}
