package io.meshtrail.watch.consul;

import io.meshtrail.json.Json;

/// One object of a list.
///
/// @param object without secrets
/// @param created `CreateIndex`
/// @param modified `ModifyIndex`: the revision
record Entry(String namespace, String name, Json object, String created, String modified) {
    /// What tells it apart from the others of its list.
    String key() {
        return namespace + " " + name;
    }
}
