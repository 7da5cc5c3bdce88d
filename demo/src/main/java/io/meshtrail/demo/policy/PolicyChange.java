package io.meshtrail.demo.policy;

import io.meshtrail.demo.cast.Case;
import java.util.List;
import java.util.Optional;

/// One change of one policy, by one person.
///
/// @param before absent for a creation
/// @param after absent for a deletion
/// @param reports what the calls of `reports` become from then on
public record PolicyChange(Author author, String verb, Optional<Policy> before, Optional<Policy> after, Case reports) {
    /// The script, played again and again: each change is felt by the calls of `reports`.
    static final List<PolicyChange> SCRIPT = List.of(
            new PolicyChange(
                    Author.ALICE,
                    "update",
                    Optional.of(PolicyBook.ORDERS_VIEWER),
                    Optional.of(PolicyBook.ORDERS_VIEWER_WITHOUT_REPORTS),
                    Case.REPORT_DENIED_NO_POLICY_MATCHED),
            new PolicyChange(
                    Author.BOB,
                    "patch",
                    Optional.of(PolicyBook.ORDERS_VIEWER_WITHOUT_REPORTS),
                    Optional.of(PolicyBook.ORDERS_VIEWER),
                    Case.REPORT_ALLOWED),
            new PolicyChange(
                    Author.CAROL,
                    "create",
                    Optional.empty(),
                    Optional.of(PolicyBook.FREEZE_REPORTS),
                    Case.REPORT_DENIED_BY_POLICY),
            new PolicyChange(
                    Author.CAROL,
                    "delete",
                    Optional.of(PolicyBook.FREEZE_REPORTS),
                    Optional.empty(),
                    Case.REPORT_ALLOWED));

    public PolicyChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change needs a policy before or after it");
        }
    }

    /// The policy that is made, changed or deleted; for a change, what it becomes.
    public Policy policy() {
        return after.or(() -> before).orElseThrow();
    }

    /// Who changes policies.
    public enum Author {
        ALICE("alice@corp.example", "kubectl/v1.35.2 (linux/amd64) kubernetes/7f2b1c3", "10.20.4.17", "shop-admins"),
        BOB("bob@corp.example", "kubectl/v1.34.1 (darwin/arm64) kubernetes/93248f9", "10.20.4.23", "shop-admins"),
        CAROL("carol@corp.example", "kubectl/v1.35.2 (linux/amd64) kubernetes/7f2b1c3", "10.20.9.4", "security-team"),
        DEPLOYER(
                "system:serviceaccount:ci:deployer",
                "argocd-application-controller/v3.2.0",
                "10.44.0.12",
                "system:serviceaccounts");

        private final String user;
        private final String agent;
        private final String address;
        private final String group;

        Author(String user, String agent, String address, String group) {
            this.user = user;
            this.agent = agent;
            this.address = address;
            this.group = group;
        }

        public String user() {
            return user;
        }

        String agent() {
            return agent;
        }

        String address() {
            return address;
        }

        List<String> groups() {
            return List.of(group, "system:authenticated");
        }
    }
}
