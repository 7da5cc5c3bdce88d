package io.meshtrail.source.hubble;

import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.json.Json;
import java.util.List;
import java.util.Optional;

/// What a flow amounts to.
///
/// @param isAudited whether a policy would have dropped it, were it not in audit mode
/// @param isOfAnswer whether it is a packet on the way back that was let through
/// @param policies the policies that Cilium names, which decided
record Verdict(
        Kind kind,
        Outcome outcome,
        Optional<Reason> reason,
        boolean isAudited,
        boolean isOfAnswer,
        List<Json> policies) {
    private static final List<String> NAMES =
            List.of("VERDICT_UNKNOWN", "FORWARDED", "DROPPED", "ERROR", "AUDIT", "REDIRECTED", "TRACED", "TRANSLATED");

    static Verdict of(Json flow) {
        Kind kind = flow.get("l7").get("http").isObject() ? Kind.REQUEST : Kind.CONNECTION;
        return switch (name(flow.get("verdict"))) {
            case "FORWARDED", "REDIRECTED", "TRACED", "TRANSLATED" -> forwarded(kind, flow);
            case "DROPPED" -> dropped(kind, flow);
            case "AUDIT" ->
                new Verdict(kind, Outcome.ALLOWED, Optional.empty(), true, false, named(flow, "_denied_by"));
            case "ERROR" -> new Verdict(kind, Outcome.FAILED, Optional.of(Reason.OTHER), false, false, List.of());
            default -> new Verdict(kind, Outcome.UNKNOWN, Optional.empty(), false, false, List.of());
        };
    }

    /// The action of the policy that decided; of a dry run if it was only audited.
    String action() {
        if (isAudited || outcome == Outcome.DENIED) {
            boolean none = reason.isPresent() ? reason.get() == Reason.NO_POLICY_MATCHED : policies.isEmpty();
            return none ? "default_deny" : "deny";
        }
        return outcome == Outcome.ALLOWED && !policies.isEmpty() ? "allow" : "";
    }

    private static Verdict forwarded(Kind kind, Json flow) {
        boolean answer = flow.get("is_reply").scalar().orElse("").equals("true");
        boolean response = flow.get("l7").get("type").text().orElse("").equals("RESPONSE");
        long code = flow.get("l7").get("http").get("code").whole().orElse(0);
        boolean refused = code == 401 || code == 403;
        Optional<Reason> reason = refused ? Optional.of(Reason.APPLICATION_REFUSED) : Optional.empty();
        return new Verdict(kind, Outcome.ALLOWED, reason, false, answer && !response, named(flow, "_allowed_by"));
    }

    private static Verdict dropped(Kind kind, Json flow) {
        List<Json> policies = named(flow, "_denied_by");
        String why = flow.get("drop_reason_desc").text().orElse("");
        Optional<Reason> reason = switch (why) {
            // No rule allowed it; a rule that denies is POLICY_DENY.
            case "POLICY_DENIED" -> Optional.of(policies.isEmpty() ? Reason.NO_POLICY_MATCHED : Reason.POLICY_DENIED);
            case "POLICY_DENY" -> Optional.of(Reason.POLICY_DENIED);
            case "AUTH_REQUIRED" -> Optional.of(Reason.MTLS_REQUIRED);
            default -> Optional.empty();
        };
        if (reason.isPresent()) {
            return new Verdict(kind, Outcome.DENIED, reason, false, false, policies);
        }
        // A request is dropped by the rules of layer 7 alone.
        boolean byRules = kind == Kind.REQUEST || flow.get("l7").isObject();
        return byRules
                ? new Verdict(kind, Outcome.DENIED, Optional.of(Reason.POLICY_DENIED), false, false, policies)
                : new Verdict(kind, Outcome.FAILED, Optional.of(Reason.OTHER), false, false, List.of());
    }

    private static List<Json> named(Json flow, String which) {
        List<Json> ingress = flow.get("ingress" + which).items();
        return ingress.isEmpty() ? flow.get("egress" + which).items() : ingress;
    }

    private static String name(Json verdict) {
        String name = verdict.scalar().orElse("");
        return name.matches("[0-7]") ? NAMES.get(Integer.parseInt(name)) : name;
    }
}
