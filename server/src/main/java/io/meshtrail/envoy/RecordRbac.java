package io.meshtrail.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the RBAC filter left in its dynamic metadata, where a format prints it: as keys of the record, or
/// as an object under a key of the operator's choice. Also the hint of an AUDIT policy.
final class RecordRbac {
    private static final String HINT = "access_log_hint";
    private static final String SHADOW_ID = "shadow_effective_policy_id";
    private static final String SHADOW_RESULT = "shadow_engine_result";
    private static final String ENFORCED_ID = "enforced_effective_policy_id";
    private static final String ENFORCED_RESULT = "enforced_engine_result";

    /// Istio's prefixes of dry runs, and of the rules that only choose whom an external authorizer is
    /// asked about.
    private static final String DRY_RUN_ALLOW = "istio_dry_run_allow_";
    private static final String DRY_RUN_DENY = "istio_dry_run_deny_";
    private static final String EXT_AUTHZ = "istio_ext_authz_";

    private static final int LONGEST_OBJECT = 16_384;

    /// One engine's result and policy.
    record Decision(String result, Optional<String> policy) {
        boolean isAllowed() {
            return result.equals("allowed");
        }

        boolean isDenied() {
            return result.equals("denied");
        }
    }

    private final Map<String, String> words = new HashMap<>();

    static RecordRbac of(Json record) {
        RecordRbac rbac = new RecordRbac();
        record.fields().forEach((key, value) -> {
            rbac.word(key, value);
            object(value).fields().forEach((inner, deeper) -> {
                rbac.word(inner, deeper);
                deeper.fields().forEach(rbac::word);
            });
        });
        return rbac;
    }

    Decision enforced() {
        return decision("", ENFORCED_RESULT, ENFORCED_ID);
    }

    /// Fills `shadow.*` and `audit.marked`. The dry run that would have denied counts before the one that
    /// would have allowed.
    void fillShadow(AuditEvent.Builder event, Dialect dialect) {
        if (words.getOrDefault(HINT, "").equals("true")) {
            event.text(Field.AUDIT_MARKED, "true");
        }
        Decision deny = decision(DRY_RUN_DENY, SHADOW_RESULT, SHADOW_ID);
        Decision allow = decision(DRY_RUN_ALLOW, SHADOW_RESULT, SHADOW_ID);
        Decision plain = decision("", SHADOW_RESULT, SHADOW_ID);
        if (deny.isDenied()) {
            shadow(event, dialect, "deny", deny);
        } else if (plain.isDenied()) {
            shadow(event, dialect, plain.policy().isEmpty() ? "default_deny" : "deny", plain);
        } else if (allow.isDenied()) {
            shadow(event, dialect, "default_deny", allow);
        } else if (allow.isAllowed() || plain.isAllowed() || deny.isAllowed()) {
            shadow(event, dialect, "allow", allow.policy().isPresent() ? allow : plain);
        }
    }

    private static void shadow(AuditEvent.Builder event, Dialect dialect, String action, Decision decision) {
        event.text(Field.SHADOW_ACTION, action);
        decision.policy()
                .ifPresent(id -> dialect.policy(id)
                        .ifPresentOrElse(
                                policy -> event.text(Field.SHADOW_POLICY, policy.name())
                                        .text(Field.SHADOW_RULE, policy.rule()),
                                () -> event.text(
                                        Field.SHADOW_ACTION, action.equals("deny") ? "default_deny" : action)));
    }

    private Decision decision(String prefix, String result, String id) {
        return new Decision(
                words.getOrDefault(prefix + result, ""),
                Optional.ofNullable(words.get(prefix + id)).filter(policy -> !policy.equals("none")));
    }

    /// Keeps a word under its prefix of a dry run and its own name, whatever stands between or before.
    private void word(String key, Json value) {
        String text = value.scalar().orElse("");
        if (text.isEmpty() || text.equals("-") || key.contains(EXT_AUTHZ)) {
            return;
        }
        if (key.endsWith(HINT)) {
            words.put(HINT, text);
            return;
        }
        for (String name : new String[] {SHADOW_ID, SHADOW_RESULT, ENFORCED_ID, ENFORCED_RESULT}) {
            if (key.endsWith(name)) {
                String prefix =
                        key.contains(DRY_RUN_ALLOW) ? DRY_RUN_ALLOW : key.contains(DRY_RUN_DENY) ? DRY_RUN_DENY : "";
                words.put(prefix + name, text);
            }
        }
    }

    /// Text formats and older Envoys print metadata as JSON inside a string.
    private static Json object(Json value) {
        String text = value.text().orElse("");
        if (!text.startsWith("{") || text.length() > LONGEST_OBJECT) {
            return value;
        }
        try {
            return JsonReader.read(text);
        } catch (JsonException notJson) {
            return value;
        }
    }
}
