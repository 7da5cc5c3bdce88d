package io.meshtrail.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Hints;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Start here: which record of the API server becomes which event.
final class KubernetesAuditDecoderTest {
    private static final long RECEIVED = 1_795_478_400_000_000_000L;

    private final KubernetesAuditDecoder decoder = new KubernetesAuditDecoder();

    @Test
    void aPatchOfAnAuthorizationPolicyIsAPolicyChange() {
        AuditEvent event = event(
                "'verb':'patch','user':{'username':'alice@corp.example','groups':['devs']},"
                        + "'objectRef':{'resource':'authorizationpolicies','apiGroup':'security.istio.io','namespace':'shop',"
                        + "'name':'orders-viewer'},'responseStatus':{'code':200},'sourceIPs':['1.2.3.4','10.0.0.20'],"
                        + "'stageTimestamp':'2026-08-21T12:00:01.012345Z','requestReceivedTimestamp':'2026-08-21T12:00:01.000000Z'");
        assertThat(text(event, Field.KIND)).isEqualTo("policy_change");
        assertThat(text(event, Field.OUTCOME)).isEqualTo("changed");
        assertThat(text(event, Field.CHANGE_SUMMARY))
                .isEqualTo("alice@corp.example patched AuthorizationPolicy shop/orders-viewer");
        assertThat(text(event, Field.USER_ID)).isEqualTo("alice@corp.example");
        assertThat(event.texts(Field.USER_GROUPS)).containsExactly("devs");
        assertThat(text(event, Field.OBJECT_KIND)).isEqualTo("AuthorizationPolicy");
        assertThat(text(event, Field.SOURCE_ADDRESS)).isEqualTo("10.0.0.20");
        assertThat(event.attributes()).containsEntry("source_ips", "1.2.3.4");
        assertThat(event.number(Field.DURATION)).hasValue(12_345_000);
        assertThat(text(event, Field.MESH)).isEqualTo("kubernetes");
    }

    @ParameterizedTest
    @CsvSource({
        "security.istio.io, peerauthentications, policy_change",
        "networking.istio.io, virtualservices, policy_change",
        "telemetry.istio.io, telemetries, policy_change",
        "extensions.istio.io, wasmplugins, policy_change",
        "policy.linkerd.io, servers, policy_change",
        "consul.hashicorp.com, serviceintentions, policy_change",
        "kuma.io, meshtrafficpermissions, policy_change",
        "kuma.io, dataplaneinsights, object_change",
        "cilium.io, ciliumnetworkpolicies, policy_change",
        "cilium.io, ciliumendpoints, object_change",
        "gateway.networking.k8s.io, httproutes, policy_change",
        "networking.k8s.io, networkpolicies, policy_change",
        "networking.k8s.io, ingressclasses, object_change",
        "rbac.authorization.k8s.io, roles, policy_change",
        "admissionregistration.k8s.io, validatingwebhookconfigurations, policy_change",
        "apps, deployments, object_change",
        "'', configmaps, object_change",
        "'', pods, object_change"
    })
    void theResourceTellsPolicyFromOtherObjects(String group, String resource, String kind) {
        for (String verb : List.of("create", "update", "patch", "delete", "deletecollection")) {
            assertThat(text(event(call(verb, group, resource, "") + ",'responseStatus':{'code':200}"), Field.KIND))
                    .isEqualTo(kind);
        }
        assertThat(text(
                        event(call("update", group, resource, "status") + ",'responseStatus':{'code':200}"),
                        Field.KIND))
                .isEqualTo("object_change");
        assertThat(text(event(call("get", group, resource, "") + ",'responseStatus':{'code':200}"), Field.KIND))
                .isEqualTo("api_call");
    }

    @Test
    void theConfigMapOfIstioAndTheDefinitionOfAPolicyArePolicy() {
        assertThat(Resources.isPolicy("", "configmaps", "istio-system", "istio"))
                .isTrue();
        assertThat(Resources.isPolicy("", "configmaps", "istio-system", "istio-1-29-0"))
                .isTrue();
        assertThat(Resources.isPolicy("", "configmaps", "shop", "istio")).isFalse();
        assertThat(Resources.isPolicy(
                        "apiextensions.k8s.io", "customresourcedefinitions", "", "servers.policy.linkerd.io"))
                .isTrue();
        assertThat(Resources.isPolicy("apiextensions.k8s.io", "customresourcedefinitions", "", "shops.example.com"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "401, '', denied, unauthenticated",
        "403, 'pods is forbidden', denied, forbidden",
        "403, 'admission webhook \"x\" denied the request', denied, admission_denied",
        "400, 'admission webhook \"x\" denied the request', denied, admission_denied",
        "422, 'ValidatingAdmissionPolicy ''p'' with binding ''b'' denied request: no', denied, admission_denied",
        "404, '', failed, not_found",
        "409, '', failed, conflict",
        "422, '', failed, invalid",
        "400, '', failed, invalid",
        "429, '', failed, throttled",
        "500, '', failed, server_error",
        "504, '', failed, server_error",
        "418, '', failed, other",
        "201, '', changed, "
    })
    void theStatusTellsTheOutcome(int code, String message, String outcome, String reason) {
        AuditEvent event = event(call("create", "apps", "deployments", "") + ",'responseStatus':{'code':" + code
                + ",'message':'" + message.replace("\"", "\\\"").replace("'", "\\u0027") + "'}");
        assertThat(text(event, Field.OUTCOME)).isEqualTo(outcome);
        assertThat(event.text(Field.REASON)).isEqualTo(Optional.ofNullable(reason));
        assertThat(event.number(Field.HTTP_STATUS)).hasValue(code);
    }

    @Test
    void aDryRunIsNoChange() {
        AuditEvent byUrl = event(call("patch", "kuma.io", "meshes", "")
                + ",'requestURI':'/x?dryRun=All&force=true','responseStatus':{'code':200}");
        AuditEvent byBody = event(call("delete", "kuma.io", "meshes", "")
                + ",'requestObject':{'kind':'DeleteOptions','dryRun':['All']},'responseStatus':{'code':200}");
        for (AuditEvent event : List.of(byUrl, byBody)) {
            assertThat(text(event, Field.KIND)).isEqualTo("policy_change");
            assertThat(text(event, Field.OUTCOME)).isEqualTo("allowed");
            assertThat(text(event, Field.REASON)).isEqualTo("dry_run");
        }
    }

    @Test
    void theEffectiveUserIsTheImpersonatedOne() {
        AuditEvent event = event("'verb':'get','user':{'username':'system:serviceaccount:ci:deployer'},"
                + "'impersonatedUser':{'username':'bob','groups':['ops']},'requestURI':'/version'");
        assertThat(text(event, Field.USER_ID)).isEqualTo("bob");
        assertThat(text(event, Field.USER_IMPERSONATOR)).isEqualTo("system:serviceaccount:ci:deployer");
        assertThat(event.texts(Field.USER_GROUPS)).containsExactly("ops");
        assertThat(text(event, Field.SOURCE_NAMESPACE)).isEqualTo("ci");
        assertThat(event.attributes()).containsEntry("serviceaccount", "deployer");
    }

    @ParameterizedTest
    @CsvSource({
        "RequestReceived, create, pods, '', 0, false",
        "ResponseStarted, watch, pods, '', 200, false",
        "ResponseStarted, get, pods, log, 200, false",
        "ResponseStarted, create, pods, exec, 101, true",
        "ResponseStarted, get, pods, attach, 101, true",
        "ResponseStarted, create, pods, portforward, 101, true",
        "ResponseStarted, get, services, proxy, 200, true",
        "ResponseStarted, list, pods, '', 401, true",
        "ResponseComplete, watch, pods, '', 200, true",
        "Panic, create, pods, '', 500, true"
    })
    void oneStageOfEachRequestIsKept(String stage, String verb, String resource, String sub, int code, boolean kept) {
        String body = ("{'auditID':'a','stage':'" + stage + "'," + call(verb, "", resource, sub)
                        + ",'responseStatus':{'code':" + code + "}}")
                .replace('\'', '"');
        Decoded decoded = decode(body).getFirst();
        assertThat(decoded).isInstanceOf(kept ? Decoded.Event.class : Decoded.Ignored.class);
    }

    @Test
    void theFormOfABodyIsToldByItsContent() {
        String one = "{'auditID':'a','stage':'ResponseComplete','verb':'get'}";
        String indented = "{\n 'auditID':'a',\n 'stage':'ResponseComplete',\n 'verb':'get'\n}\n";
        assertThat(decodeQuoted(one)).hasSize(1);
        assertThat(decodeQuoted(indented)).hasSize(1);
        assertThat(decodeQuoted(one + "\r\n\n" + one)).hasSize(2);
        assertThat(decodeQuoted("[" + one + ",\n" + indented + "]")).hasSize(2);
        assertThat(decodeQuoted("{'items':[\n" + one + ",\n" + one + "\n],'kind':'EventList'}"))
                .hasSize(2);
        assertThat(decodeQuoted("{'kind':'EventList','items':[]}")).isEmpty();
        assertThat(decodeQuoted("x\n" + one + "\n" + one).stream().filter(Decoded.Event.class::isInstance))
                .hasSize(2);
        assertThat(decodeQuoted("x")).containsExactly(new Decoded.Rejection(1, "not JSON at column 1"));
    }

    @Test
    void oneBadItemDoesNotCostTheOthers() {
        List<Decoded> decoded = decodeQuoted(
                "{'items':[{'auditID':'a','stage':'ResponseComplete'},7,{'auditID':'b','stage':'ResponseComplete'}]}");
        assertThat(decoded).hasSize(3);
        assertThat(decoded.get(1)).isEqualTo(new Decoded.Rejection(2, "not a JSON object"));
    }

    @Test
    void aRepetitionIsRecognisedWhetherItCameByWebhookOrFile() {
        byte[] file =
                record("{'kind':'Event','apiVersion':'audit.k8s.io/v1','auditID':'a','stage':'ResponseComplete'}");
        byte[] webhook = record("{'items':[ {'stage':'ResponseComplete', 'auditID':'a'} ]}");
        assertThat(webhook).isEqualTo(file);
        assertThat(record("{'auditID':'b','stage':'ResponseComplete'}")).isNotEqualTo(file);
    }

    @Test
    void hintsSayWhichClusterAndServerItWas() {
        Hints hints = new Hints(
                Optional.of("eu-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("apiserver-2"),
                Optional.of("istio"),
                RECEIVED);
        byte[] body = "{\"auditID\":\"a\",\"stage\":\"ResponseComplete\"}".getBytes(StandardCharsets.UTF_8);
        AuditEvent event = ((Decoded.Event) decoder.decode(body, hints).getFirst()).event();
        assertThat(text(event, Field.CLUSTER)).isEqualTo("eu-1");
        assertThat(text(event, Field.OBSERVER_NAME)).isEqualTo("apiserver-2");
        assertThat(text(event, Field.MESH)).isEqualTo("kubernetes");
    }

    private byte[] record(String body) {
        return ((Decoded.Event) decodeQuoted(body).getFirst()).record();
    }

    private AuditEvent event(String members) {
        List<Decoded> decoded = decodeQuoted("{'auditID':'a','stage':'ResponseComplete'," + members + "}");
        return ((Decoded.Event) decoded.getFirst()).event();
    }

    private static String call(String verb, String group, String resource, String sub) {
        return "'verb':'" + verb + "','objectRef':{'resource':'" + resource + "','apiGroup':'" + group
                + "','subresource':'" + sub + "','namespace':'n','name':'x'}";
    }

    private List<Decoded> decodeQuoted(String body) {
        return decode(body.replace('\'', '"'));
    }

    private List<Decoded> decode(String body) {
        return decoder.decode(body.getBytes(StandardCharsets.UTF_8), Hints.none(RECEIVED));
    }

    private static String text(AuditEvent event, Field field) {
        return event.text(field).orElse("");
    }
}
