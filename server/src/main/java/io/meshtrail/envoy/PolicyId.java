package io.meshtrail.envoy;

/// The id that Envoy's RBAC filter gives a policy. Istio writes `ns[shop]-policy[orders-viewer]-rule[0]`,
/// with `istio-ext-authz-<provider>-` before it for a CUSTOM action and `-deny-due-to-bad-CUSTOM-action`
/// behind it when that provider is broken. Other ids are taken verbatim.
///
/// @param name `namespace/name`, or the id itself
/// @param kind `AuthorizationPolicy`, or empty if the form is not Istio's
/// @param rule the number of the rule, counted from 0, or empty
public record PolicyId(String name, String kind, String rule) {
    private static final String CUSTOM_PREFIX = "istio-ext-authz-";
    private static final String BROKEN_SUFFIX = "-deny-due-to-bad-CUSTOM-action";
    private static final int LONGEST_RULE = 9;

    public static PolicyId parse(String id) {
        boolean custom = isCustom(id);
        int end = isBroken(id) ? id.length() - BROKEN_SUFFIX.length() : id.length();
        // No name of a namespace or policy holds a bracket, so the first of each mark is the mark itself.
        int namespace = id.indexOf("ns[");
        int policy = id.indexOf("]-policy[", Math.max(namespace, 0));
        int rule = id.indexOf("]-rule[", Math.max(policy, 0));
        boolean istio = namespace >= 0
                && (custom || namespace == 0)
                && policy > namespace
                && rule > policy
                && end > rule
                && id.charAt(end - 1) == ']'
                && isNumber(id, rule + 7, end - 1);
        if (!istio) {
            return new PolicyId(id, "", "");
        }
        String name = id.substring(namespace + 3, policy) + "/" + id.substring(policy + 9, rule);
        return new PolicyId(name, "AuthorizationPolicy", id.substring(rule + 7, end - 1));
    }

    /// Whether an external authorizer was to be asked.
    static boolean isCustom(String id) {
        return id.startsWith(CUSTOM_PREFIX);
    }

    /// Whether that authorizer's configuration is broken, which denies everything.
    static boolean isBroken(String id) {
        return isCustom(id) && id.endsWith(BROKEN_SUFFIX);
    }

    private static boolean isNumber(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return end > from && end - from <= LONGEST_RULE;
    }
}
