package io.meshtrail.mask;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One walk through one JSON value. Beside each value it knows the keys above it and whether it belongs to a
/// Kubernetes Secret.
final class JsonWalk {
    private static final String LAST_APPLIED = "last-applied-configuration";
    private static final String JWT_FILTER = "envoy.filters.http.jwt_authn";

    /// Kinds (Kubernetes) and types (Kuma) whose `data` is secret.
    private static final Set<String> SECRET_KINDS = Set.of("secret", "secretlist", "globalsecret");

    private static final Set<String> SECRET_MEMBERS = Set.of("data", "stringdata");

    /// Members of an audit event that show an object.
    private static final Set<String> SHOWS_OBJECT = Set.of("requestobject", "responseobject", "annotations");

    /// Keys that are secrets as text, but as an object only hold something that has names of its own, such as
    /// `secret: {secretName: …}` of a volume.
    private static final Set<String> ONLY_AS_TEXT = Set.of("secret", "token", "credential", "credentials");

    private static final List<String> NAMING = List.of("name", "key", "header", "headerName");
    private static final Set<String> VALUES =
            Set.of("value", "values", "notvalues", "rawvalue", "raw_value", "stringvalue", "string_value");

    /// What a JSON Patch may touch in a Secret without touching its contents.
    private static final List<String> HARMLESS = List.of("/metadata", "/type", "/immutable", "/kind", "/apiVersion");

    private static final int LONG_KEY = 12;

    /// JSON inside strings inside JSON: how far a walk goes down.
    private static final int MOST_EMBEDDED = 4;

    private final MaskRules rules;
    private final TextMask text;
    private final String where;
    private final MaskNotes notes;
    private final MaskNotes unnamed = new MaskNotes();
    private int embedded;

    JsonWalk(MaskRules rules, TextMask text, String where, MaskNotes notes) {
        this.rules = rules;
        this.text = text;
        this.where = where;
        this.notes = notes;
    }

    Json walk(Json value) {
        return walk(value, JsonPath.ROOT, false);
    }

    private Json walk(Json value, JsonPath path, boolean secret) {
        return switch (value) {
            case Json.Obj object -> object(object, path, secret);
            case Json.Arr array -> array(array, path, secret);
            case Json.Text string -> new Json.Text(string(string.value(), path, secret));
            case Json.Scalar scalar -> scalar;
        };
    }

    private Json array(Json.Arr array, JsonPath path, boolean secret) {
        List<Json> list = array.list();
        boolean pair = list.size() == 2 && list.getFirst() instanceof Json.Text(String name) && rules.header(name);
        List<Json> masked = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            masked.add(pair && i == 1 ? all(list.get(i), path, true) : walk(list.get(i), path, secret));
        }
        return new Json.Arr(masked);
    }

    private Json object(Json.Obj object, JsonPath path, boolean inherited) {
        boolean secret = inherited || isSecret(object);
        boolean audited = isAuditOfSecret(object);
        if (secret && object.get("op") instanceof Json.Text && object.get("path") instanceof Json.Text(String to)) {
            return patch(object, to, path);
        }
        boolean named = namesSecret(object);
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, value) -> {
            String key = key(name, members);
            JsonPath below = path.child(key);
            members.put(key, member(name, value, below, secret, named, audited));
        });
        return new Json.Obj(members);
    }

    private Json member(String name, Json value, JsonPath below, boolean secret, boolean named, boolean audited) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (secret && SECRET_MEMBERS.contains(lower)) {
            return all(value, below, false);
        }
        if (named && VALUES.contains(lower)) {
            return all(value, below, true);
        }
        if (rules.key(name) && !(value.isObject() && ONLY_AS_TEXT.contains(lower))) {
            return all(value, below, true);
        }
        if (name.equals(JWT_FILTER)) {
            return claims(value, below);
        }
        return walk(value, below, secret || (audited && SHOWS_OBJECT.contains(lower)));
    }

    /// An operation of a JSON Patch on a Secret.
    private Json patch(Json.Obj operation, String to, JsonPath path) {
        boolean harmless = false;
        for (String prefix : HARMLESS) {
            harmless |= to.equals(prefix) || to.startsWith(prefix + "/");
        }
        Map<String, Json> members = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : operation.members().entrySet()) {
            String key = key(member.getKey(), members);
            JsonPath below = path.child(key);
            Json value = member.getValue();
            if (!key.equals("value")) {
                members.put(key, walk(value, below, true));
            } else if (!harmless) {
                members.put(key, all(value, path.child(to.replace('/', '.').replaceFirst("^\\.", "")), false));
            } else {
                JsonPath shown = to.endsWith(LAST_APPLIED) ? below.child(LAST_APPLIED) : below;
                members.put(key, walk(value, shown, true));
            }
        }
        return new Json.Obj(members);
    }

    /// The metadata of Envoy's JWT filter: claims pass by allow-list.
    private Json claims(Json value, JsonPath path) {
        if (!(value instanceof Json.Obj(Map<String, Json> payloads))) {
            return walk(value, path, false);
        }
        Map<String, Json> members = new LinkedHashMap<>();
        payloads.forEach((name, payload) -> {
            JsonPath below = path.child(name);
            Map<String, Json> claims = new LinkedHashMap<>();
            payload.fields().forEach((claim, content) -> {
                JsonPath at = below.child(claim);
                claims.put(
                        key(claim, claims),
                        rules.claims().contains(claim) ? walk(content, at, false) : all(content, at, false));
            });
            members.put(key(name, members), payload.isObject() ? new Json.Obj(claims) : walk(payload, below, false));
        });
        return new Json.Obj(members);
    }

    /// Every text and number below is a secret; names and `null` stay.
    ///
    /// @param flags whether `true` and `false` stay too
    private Json all(Json value, JsonPath path, boolean flags) {
        return switch (value) {
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, Json> masked = new LinkedHashMap<>();
                members.forEach((name, inner) -> {
                    String key = key(name, masked);
                    masked.put(key, all(inner, path.child(key), flags));
                });
                yield new Json.Obj(masked);
            }
            case Json.Arr(List<Json> list) -> {
                List<Json> masked = new ArrayList<>(list.size());
                for (Json item : list) {
                    masked.add(all(item, path, flags));
                }
                yield new Json.Arr(masked);
            }
            case Json.Text(String string) -> string.isEmpty() || string.equals(Mask.MASKED) ? value : masked(path);
            case Json.Scalar(String token) -> {
                boolean flag = token.equals("true") || token.equals("false");
                yield value.isNull() || (flag && flags) ? value : masked(path);
            }
        };
    }

    private Json masked(JsonPath path) {
        notes.add(where, path.toString());
        return new Json.Text(Mask.MASKED);
    }

    private String string(String value, JsonPath path, boolean secret) {
        if (looksLikeJson(value) && embedded < MOST_EMBEDDED) {
            embedded++;
            try {
                Json inner = JsonReader.read(value);
                Json masked = walk(inner, path, secret);
                return masked.equals(inner) ? free(value, path) : masked.compact();
            } catch (JsonException notJson) {
                // It is free text after all.
            } finally {
                embedded--;
            }
        }
        if (secret && path.key().endsWith(LAST_APPLIED) && !value.equals(Mask.MASKED)) {
            notes.add(where, path.toString());
            return Mask.MASKED;
        }
        return free(value, path);
    }

    private String free(String value, JsonPath path) {
        String masked = text.text(value, "", unnamed);
        if (!masked.equals(value)) {
            notes.add(where, path.toString());
        }
        return masked;
    }

    /// The name of a member, which may itself be a token; made different from those already there.
    private String key(String name, Map<String, Json> taken) {
        if (name.length() < LONG_KEY) {
            return name;
        }
        String key = text.text(name, "", unnamed);
        if (key.equals(name)) {
            return name;
        }
        notes.add(where, "key");
        String free = key;
        for (int i = taken.size(); taken.containsKey(free); i++) {
            free = key + i;
        }
        return free;
    }

    private boolean namesSecret(Json.Obj object) {
        for (String naming : NAMING) {
            if (object.get(naming) instanceof Json.Text(String name) && isSecretName(name)) {
                return true;
            }
        }
        return false;
    }

    /// A name of its own, or one in brackets: `request.headers[authorization]`.
    private boolean isSecretName(String name) {
        int open = name.indexOf('[');
        String inner = open >= 0 && name.endsWith("]") ? name.substring(open + 1, name.length() - 1) : name;
        return rules.header(inner) || rules.key(inner);
    }

    private static boolean isSecret(Json.Obj object) {
        return isSecretKind(object.get("kind")) || isSecretKind(object.get("type"));
    }

    private static boolean isSecretKind(Json kind) {
        return kind instanceof Json.Text(String name) && SECRET_KINDS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isAuditOfSecret(Json.Obj object) {
        Json reference = object.get("objectRef");
        if (reference.isObject()) {
            return reference.get("resource").text().orElse("").equalsIgnoreCase("secrets");
        }
        return object.get("requestURI").text().orElse("").contains("/secrets");
    }

    private static boolean looksLikeJson(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '{' || c == '[') {
                return true;
            }
            if (c > ' ') {
                return false;
            }
        }
        return false;
    }
}
