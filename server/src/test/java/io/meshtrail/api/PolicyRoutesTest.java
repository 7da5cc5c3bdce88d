package io.meshtrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.change.AuditedChange;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `/api/policies` and `/api/policies/effect` from the outside.
final class PolicyRoutesTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    private void add(AuditedChange change) {
        web.ledgers.get("control").add(change.stored());
    }

    @Test
    void whatIsInForceIsAnsweredInTheFormOfTheContract() throws Exception {
        add(AuditedChange.of("create", 1).answered(10, "{\"action\":\"DENY\",\"weight\":1.50}"));
        WebFixture.Answer answer = web.get("/api/policies?at=2026-11-18T10:00:01Z&namespace=shop");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"at\":\"2026-11-18T10:00:01.000000000Z\",\"policies\":[{\"address\":\"control/0\","
                        + "\"mesh\":\"kubernetes\",\"object.group\":\"security.istio.io\","
                        + "\"object.kind\":\"AuthorizationPolicy\",\"object.namespace\":\"shop\",\"object.name\":\"orders\","
                        + "\"object.uid\":\"u1\",\"object.revision\":\"10\",\"user.id\":\"dana@corp.example\","
                        + "\"change.verb\":\"create\",\"time\":\"2026-11-18T10:00:01.000000000Z\",\"basis\":\"answer\","
                        + "\"object\":{\"kind\":\"AuthorizationPolicy\",\"apiVersion\":\"security.istio.io/v1\","
                        + "\"metadata\":{\"name\":\"orders\",\"namespace\":\"shop\"},"
                        + "\"spec\":{\"action\":\"DENY\",\"weight\":1.50}}}],"
                        + "\"complete\":true,\"missing\":[],\"asOf\":{\"control\":1,\"security\":0,\"traffic\":0}}");
        assertThat(web.get("/api/policies?at=2026-11-18T10:00:00Z")
                        .json()
                        .get("policies")
                        .size())
                .isZero();
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        web.engine.missing("catching up");
        JsonNode answer = web.get("/api/policies").json();
        assertThat(answer.get("complete").asBoolean()).isFalse();
        assertThat(answer.get("missing").get(0).get("reason").asString()).isEqualTo("catching_up");
    }

    @Test
    void mistakesAreProblems() throws Exception {
        add(AuditedChange.of("create", 1).answered(10, "{}"));
        AuditEvent other = AuditedChange.of("create", 1).named("x").stored().toBuilder()
                .text(Field.KIND, "api_call")
                .build();
        web.ledgers.get("control").add(other);
        assertThat(web.get("/api/policies?at=yesterday").detail()).contains("at: \"yesterday\"");
        assertThat(web.get("/api/policies?q=x").status()).isEqualTo(400);
        assertThat(web.get("/api/policies/effect").detail()).contains("address: missing");
        assertThat(web.get("/api/policies/effect?address=control").detail()).contains("is no address");
        assertThat(web.get("/api/policies/effect?address=control/1").detail()).contains("no change to a policy");
        assertThat(web.get("/api/policies/effect?address=control/9").status()).isEqualTo(404);
        for (String window : new String[] {"29s", "8d", "10", "m", "999999d", "-1m"}) {
            assertThat(web.get("/api/policies/effect?address=control/0&window=" + window)
                            .detail())
                    .contains("window");
        }
    }

    @Test
    void theEffectOfAChangeIsAnsweredInTheFormOfTheContract() throws Exception {
        add(AuditedChange.of("create", 1).answered(10, "{}"));
        JsonNode answer =
                web.get("/api/policies/effect?address=control/0&window=1m").json();
        assertThat(answer.get("from").asString()).isEqualTo("2026-11-18T09:59:01.000000000Z");
        assertThat(answer.get("to").asString()).isEqualTo("2026-11-18T10:01:01.000000000Z");
        assertThat(answer.get("scope").get("query").asString()).isEqualTo("destination.namespace:\"shop\"");
        assertThat(answer.get("callers").get(0).toString())
                .isEqualTo("{\"source\":\"a\",\"destination\":\"b\",\"verdict\":\"unchanged\","
                        + "\"before\":{\"allowed\":0,\"denied\":0,\"failed\":0},"
                        + "\"after\":{\"allowed\":0,\"denied\":0,\"failed\":0}}");
    }
}
