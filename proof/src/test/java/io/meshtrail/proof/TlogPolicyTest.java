package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Policies to accept, with who satisfies them, and to reject (must-pass item 11).
final class TlogPolicyTest {
    @Test
    void validPoliciesAreSatisfiedByWhomTheySay() throws Exception {
        for (Json valid : Json.read("policy/tlog-policy.json").get("valid").list()) {
            TlogPolicy policy = TlogPolicy.parse(Utf8.encode(valid.get("policy").text()));
            assertThat(policy.quorum().isEmpty()).isEqualTo(valid.has("quorum"));
            if (valid.has("satisfied_by")) {
                for (Json names : valid.get("satisfied_by").list()) {
                    assertThat(policy.isSatisfiedBy(set(names))).isTrue();
                }
                for (Json names : valid.get("not_by").list()) {
                    assertThat(policy.isSatisfiedBy(set(names))).isFalse();
                }
            }
        }
    }

    @Test
    void policiesThatCouldBeMisreadAreRejected() throws Exception {
        for (Json bad : Json.read("policy/tlog-policy.json").get("reject").list()) {
            assertThatThrownBy(
                            () -> TlogPolicy.parse(Utf8.encode(bad.get("policy").text())))
                    .as(bad.get("why").text())
                    .isInstanceOf(MalformedException.class);
        }
    }

    private static Set<String> set(Json names) {
        return names.list().stream().map(Json::text).collect(Collectors.toSet());
    }
}
