package io.meshtrail.source.envoy;

import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;

/// What an RBAC filter left in the dynamic metadata: the policy that decided, and what the shadow rules (dry
/// runs) would have decided. The filter's configuration may put a prefix before each key.
final class RbacFacts {
    private static final String ENFORCED_ID = "enforced_effective_policy_id";
    private static final String ENFORCED_RESULT = "enforced_engine_result";
    private static final String SHADOW_ID = "shadow_effective_policy_id";
    private static final String SHADOW_RESULT = "shadow_engine_result";

    /// Istio's prefixes of dry runs, and of the rules that only choose whom an external authorizer is asked
    /// about.
    private static final String DRY_RUN_ALLOW = "istio_dry_run_allow_";
    private static final String DRY_RUN_DENY = "istio_dry_run_deny_";
    private static final String EXT_AUTHZ = "istio_ext_authz_";

    final Decision enforced = new Decision();
    final Decision shadow = new Decision();
    final Decision shadowAllow = new Decision();
    final Decision shadowDeny = new Decision();

    /// The policy with the action CUSTOM that sent the request to an external authorizer.
    final Decision external = new Decision();

    void clear() {
        enforced.clear();
        shadow.clear();
        shadowAllow.clear();
        shadowDeny.clear();
        external.clear();
    }

    boolean present() {
        return enforced.present() || shadow.present() || shadowAllow.present() || shadowDeny.present();
    }

    /// Reads the Struct of the filter's namespace.
    void read(byte[] bytes, ProtoReader struct) throws MalformedBytesException {
        StructField field = new StructField();
        while (field.next(struct)) {
            long key = field.key();
            if (Span.endsWith(bytes, key, ENFORCED_ID)) {
                enforced.id = field.text();
            } else if (Span.endsWith(bytes, key, ENFORCED_RESULT)) {
                enforced.result(bytes, field.text());
            } else if (Span.endsWith(bytes, key, SHADOW_ID)) {
                shadow(bytes, key).id = field.text();
            } else if (Span.endsWith(bytes, key, SHADOW_RESULT)) {
                shadow(bytes, key).result(bytes, field.text());
            }
        }
    }

    private Decision shadow(byte[] bytes, long key) {
        if (Span.startsWith(bytes, key, DRY_RUN_ALLOW)) {
            return shadowAllow;
        }
        if (Span.startsWith(bytes, key, DRY_RUN_DENY)) {
            return shadowDeny;
        }
        return Span.startsWith(bytes, key, EXT_AUTHZ) ? external : shadow;
    }

    /// One engine's result and the policy that led to it; no id where no policy matched.
    static final class Decision {
        long id;
        boolean allowed;
        boolean denied;

        void clear() {
            id = Span.NONE;
            allowed = false;
            denied = false;
        }

        boolean present() {
            return allowed || denied || id != Span.NONE;
        }

        private void result(byte[] bytes, long text) {
            allowed = Span.is(bytes, text, "allowed");
            denied = Span.is(bytes, text, "denied");
        }
    }
}
