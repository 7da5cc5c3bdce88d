package io.meshtrail.source.istio;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name under which Istio gives a rule of an AuthorizationPolicy to Envoy:
/// `ns[<namespace>]-policy[<name>]-rule[<index>]`, before it the external authorizer of action CUSTOM.
///
/// @param name `namespace/name`; of another control plane the id as it is
/// @param rule the index of the rule; empty if unknown
/// @param isBrokenCustom whether the external authorizer's configuration is broken, which denies everything
record PolicyId(String name, String rule, boolean isBrokenCustom) {
    private static final Pattern ISTIO = Pattern.compile("(?:istio-ext-authz(?:-[^\\[]{0,253})?-)?"
            + "ns\\[([^\\]]{0,253})\\]-policy\\[([^\\]]{0,253})\\]-rule\\[(\\d{1,9})\\]"
            + "(-deny-due-to-bad-CUSTOM-action)?");

    static PolicyId of(String id) {
        Matcher matcher = ISTIO.matcher(id);
        return matcher.matches()
                ? new PolicyId(matcher.group(1) + "/" + matcher.group(2), matcher.group(3), matcher.group(4) != null)
                : new PolicyId(id, "", false);
    }
}
