package io.meshtrail.source.envoy;

import static io.meshtrail.source.envoy.Entries.connection;
import static io.meshtrail.source.envoy.Entries.event;
import static io.meshtrail.source.envoy.Entries.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.EnvoyInternalAddress;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.TCPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What stands in which field.
final class FieldsTest {
    private static final String SECRET = "mF_9.B5f-4.1JqM-and-some-more-of-it";
    private static final String RBAC = "envoy.filters.http.rbac";

    @Test
    void theNodeNamesTheObserverAndItsSide() {
        StreamAccessLogsMessage.Builder message = Entries.message(request().build()).toBuilder();
        message.getIdentifierBuilder()
                .getNodeBuilder()
                .getMetadataBuilder()
                .putFields("CLUSTER_ID", text("east"))
                .putFields("WORKLOAD_NAME", text("orders-v1"))
                .putFields("NAMESPACE", text("shop"))
                .putFields(
                        "LABELS",
                        Value.newBuilder()
                                .setStructValue(Struct.newBuilder()
                                        .putFields("service.istio.io/canonical-name", text("orders")))
                                .build());
        AuditEvent event = event(message.build());

        assertText(event, Field.MESH, "istio");
        assertText(event, Field.CLUSTER, "east");
        assertText(event, Field.OBSERVER_NAME, "orders-1.shop");
        assertText(event, Field.OBSERVER_SIDE, "server");
        assertText(event, Field.PRODUCER_ID, Entries.ORDERS);
        assertText(event, Field.DESTINATION_WORKLOAD, "orders-v1");
        assertText(event, Field.DESTINATION_NAMESPACE, "shop");
        assertText(event, Field.DESTINATION_SERVICE, "orders");
    }

    @Test
    void mutualTlsVerifiesBothEnds() {
        AuditEvent event = event(request());
        assertText(event, Field.SOURCE_IDENTITY, "spiffe://cluster.local/ns/shop/sa/web");
        assertText(event, Field.SOURCE_VERIFIED, "mtls");
        assertText(event, Field.SOURCE_NAMESPACE, "shop");
        assertText(event, Field.DESTINATION_IDENTITY, "spiffe://cluster.local/ns/shop/sa/orders");
        assertText(event, Field.DESTINATION_VERIFIED, "mtls");
        assertText(event, Field.TLS_VERSION, "TLSv1.3");
        assertText(event, Field.TLS_CIPHER, "TLS_AES_256_GCM_SHA384");
        assertThat(event.texts(Field.TLS_PEER_SAN)).containsExactly("spiffe://cluster.local/ns/shop/sa/web");
    }

    @Test
    void aRareCipherKeepsItsNumber() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getCommonPropertiesBuilder().getTlsPropertiesBuilder().setTlsCipherSuite(UInt32Value.of(0xC0AC));
        assertText(event(entry), Field.TLS_CIPHER, "0xc0ac");
    }

    @Test
    void plaintextHasNoVersionAndNoVerification() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder()
                .getTlsPropertiesBuilder()
                .setTlsCipherSuite(UInt32Value.of(65_535))
                .clearPeerCertificateProperties();
        AuditEvent event = event(entry);
        assertThat(event.has(Field.TLS_VERSION)).isFalse();
        assertThat(event.has(Field.TLS_CIPHER)).isFalse();
        assertText(event, Field.SOURCE_VERIFIED, "none");
        assertText(event, Field.DESTINATION_VERIFIED, "claimed");
    }

    @Test
    void theClientsSideKnowsTheDestinationByClusterAndTag() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getCommonPropertiesBuilder()
                .clearTlsProperties()
                .setUpstreamCluster("outbound|8080|v1|payments.pay.svc.cluster.local")
                .setUpstreamRemoteAddress(Entries.address("fd00::7", 15_006))
                .putCustomTags("upstream.tls.peer_san", "spiffe://cluster.local/ns/pay/sa/payments");
        AuditEvent event = event(entry);
        assertText(event, Field.OBSERVER_SIDE, "client");
        assertText(event, Field.SOURCE_WORKLOAD, "orders-1");
        assertText(event, Field.SOURCE_NAMESPACE, "shop");
        assertText(event, Field.SOURCE_VERIFIED, "none");
        assertText(event, Field.DESTINATION_SERVICE, "payments.pay.svc.cluster.local");
        assertText(event, Field.DESTINATION_NAMESPACE, "pay");
        assertText(event, Field.DESTINATION_IDENTITY, "spiffe://cluster.local/ns/pay/sa/payments");
        assertText(event, Field.DESTINATION_VERIFIED, "mtls");
        assertText(event, Field.UPSTREAM_HOST, "[fd00::7]:15006");
    }

    @Test
    void aDenialWithoutAClusterIsTheServersByItsCertificateAndTheClientsByItsOwnAddress() {
        HTTPAccessLogEntry.Builder inbound = request();
        inbound.getCommonPropertiesBuilder().clearUpstreamCluster();
        assertText(event(inbound), Field.OBSERVER_SIDE, "server");
        HTTPAccessLogEntry.Builder outbound = request();
        outbound.getCommonPropertiesBuilder()
                .clearUpstreamCluster()
                .clearTlsProperties()
                .setDownstreamRemoteAddress(Entries.address("10.0.0.12", 40_000));
        assertText(event(outbound), Field.OBSERVER_SIDE, "client");
    }

    @Test
    void aWaypointQuotesThePrincipalThatItsOuterListenerVerified() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getCommonPropertiesBuilder()
                .clearTlsProperties()
                .setUpstreamCluster("inbound-vip|8080|http|orders.shop.svc.cluster.local;")
                .setDownstreamRemoteAddress(Address.newBuilder()
                        .setEnvoyInternalAddress(EnvoyInternalAddress.newBuilder()
                                .setServerListenerName("main_internal")
                                .setEndpointId("7")))
                .putFilterStateObjects(
                        "io.istio.peer_principal", Any.pack(StringValue.of("spiffe://cluster.local/ns/shop/sa/web")))
                .putFilterStateObjects(
                        "downstream_peer",
                        Any.pack(Struct.newBuilder()
                                .putFields("workload", text("web-v2"))
                                .putFields("namespace", text("elsewhere"))
                                .putFields("service", text("web"))
                                .putFields("cluster", text("west"))
                                .build()));
        StreamAccessLogsMessage.Builder message = Entries.message(entry.build()).toBuilder();
        message.setIdentifier(Entries.identifier("waypoint~10.0.0.9~wp-1.shop~shop.svc.cluster.local"));
        AuditEvent event = event(message.build());
        assertText(event, Field.OBSERVER_SIDE, "waypoint");
        assertText(event, Field.SOURCE_IDENTITY, "spiffe://cluster.local/ns/shop/sa/web");
        assertText(event, Field.SOURCE_VERIFIED, "claimed");
        assertText(event, Field.SOURCE_WORKLOAD, "web-v2");
        assertText(event, Field.SOURCE_NAMESPACE, "shop");
        assertText(event, Field.SOURCE_ADDRESS, "envoy://main_internal/7");
        assertText(event, Field.DESTINATION_SERVICE, "orders.shop.svc.cluster.local");
        assertThat(event.attributes()).containsEntry("source.cluster", "west");
    }

    @Test
    void theAllowingPolicyAndTheDryRunsComeFromTheMetadata() {
        HTTPAccessLogEntry.Builder entry = request();
        Entries.metadata(
                entry.getCommonPropertiesBuilder(),
                RBAC,
                Map.of(
                        "some_prefix_enforced_effective_policy_id", "ns[shop]-policy[orders-viewer]-rule[1]",
                        "some_prefix_enforced_engine_result", "allowed",
                        "istio_dry_run_allow_shadow_effective_policy_id", "ns[shop]-policy[new]-rule[0]",
                        "istio_dry_run_allow_shadow_engine_result", "allowed",
                        "istio_dry_run_deny_shadow_effective_policy_id", "ns[shop]-policy[strict]-rule[3]",
                        "istio_dry_run_deny_shadow_engine_result", "denied"));
        AuditEvent event = event(entry);
        assertText(event, Field.POLICY_NAME, "shop/orders-viewer");
        assertText(event, Field.POLICY_RULE, "1");
        assertText(event, Field.POLICY_ACTION, "allow");
        assertText(event, Field.SHADOW_ACTION, "deny");
        assertText(event, Field.SHADOW_POLICY, "shop/strict");
        assertText(event, Field.SHADOW_RULE, "3");
    }

    @Test
    void aDryRunWithoutAMatchingAllowWouldDenyByDefault() {
        HTTPAccessLogEntry.Builder entry = request();
        Entries.metadata(
                entry.getCommonPropertiesBuilder(), RBAC, Map.of("istio_dry_run_allow_shadow_engine_result", "denied"));
        AuditEvent event = event(entry);
        assertText(event, Field.SHADOW_ACTION, "default_deny");
        assertThat(event.has(Field.SHADOW_POLICY)).isFalse();
        assertThat(event.has(Field.POLICY_ACTION)).isFalse();
    }

    @Test
    void theAuditActionMarksTheEvent() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getCommonPropertiesBuilder()
                .getMetadataBuilder()
                .putFilterMetadata(
                        "envoy.common",
                        Struct.newBuilder()
                                .putFields(
                                        "access_log_hint",
                                        Value.newBuilder().setBoolValue(true).build())
                                .build());
        assertText(event(entry), Field.AUDIT_MARKED, "true");
    }

    @Test
    void onlyTheClaimsOfTheAllowListEnter() {
        HTTPAccessLogEntry.Builder entry = request();
        Struct claims = Struct.newBuilder()
                .putFields("iss", text("https://id.example"))
                .putFields("sub", text("user-7"))
                .putFields(
                        "aud",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(text("shop"))
                                        .addValues(text("pay")))
                                .build())
                .putFields("azp", text("app"))
                .putFields(
                        "groups",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder().addValues(text("ops")))
                                .build())
                .putFields(
                        "exp",
                        Value.newBuilder().setNumberValue(1_795_531_891.0).build())
                .putFields("jti", text("j-1"))
                .putFields("email", text("ann@corp.example"))
                .putFields("name", text("Ann"))
                .build();
        entry.getCommonPropertiesBuilder()
                .getMetadataBuilder()
                .putFilterMetadata(
                        "envoy.filters.http.jwt_authn",
                        Struct.newBuilder()
                                .putFields(
                                        "any_key",
                                        Value.newBuilder()
                                                .setStructValue(claims)
                                                .build())
                                .build());
        AuditEvent event = event(entry);
        assertText(event, Field.USER_ID, "user-7");
        assertText(event, Field.USER_ISSUER, "https://id.example");
        assertThat(event.texts(Field.USER_GROUPS)).containsExactly("ops");
        assertThat(event.attributes())
                .containsEntry("jwt.aud", "shop,pay")
                .containsEntry("jwt.azp", "app")
                .containsEntry("jwt.exp", "1795531891")
                .containsEntry("jwt.jti", "j-1");
        assertThat(event.toString()).doesNotContain("ann@corp.example").doesNotContain("Ann");
    }

    @Test
    void pathAndQueryAreApartAndTheQueryIsMasked() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getRequestBuilder().setPath("https://shop.example:8443/a/b?x=1&token=abc");
        AuditEvent event = event(entry);
        assertText(event, Field.HTTP_PATH, "/a/b");
        assertText(event, Field.HTTP_QUERY, "x=1&token=[masked]");
        assertText(event, Field.MASKED, "http.query:token");
    }

    @Test
    void headersBecomeFieldsOrMaskedAttributes() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getRequestBuilder()
                .setUserAgent("curl/8 Bearer " + SECRET)
                .setForwardedFor("1.2.3.4")
                .putRequestHeaders("authorization", "Basic Zm9v")
                .putRequestHeaders("traceparent", "00-7cce4a44741e402f9f147c180758b751-7fa32a8c9e884e44-00")
                .putRequestHeaders("x-tenant", "blue");
        AuditEvent event = event(entry);
        assertThat(event.text(Field.USER_AGENT).orElseThrow())
                .startsWith("curl/8 ")
                .endsWith("[masked]");
        assertText(event, Field.TRACE_ID, "7cce4a44741e402f9f147c180758b751");
        assertText(event, Field.SPAN_ID, "7fa32a8c9e884e44");
        assertThat(event.attributes())
                .containsEntry("x_forwarded_for", "1.2.3.4")
                .containsEntry("header.authorization", "[masked]")
                .containsEntry("header.x-tenant", "blue");
        assertThat(event.text(Field.MASKED).orElseThrow()).startsWith("header:authorization,user.agent:");
    }

    @Test
    void maskingIsNotedOnEachOfManyEqualEvents() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getRequestBuilder().setUserAgent("Bearer " + SECRET);
        byte[] message = Entries.message(entry.build(), entry.build()).toByteArray();
        assertThat(Entries.decode(message))
                .allSatisfy(decoded -> assertThat(decoded.toString())
                        .contains("masked\":\"user.agent:")
                        .doesNotContain(SECRET));
    }

    @Test
    void grpcIsKnownByItsContentTypeOrItsStatus() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getRequestBuilder().setPath("/shop.v1.Orders/List");
        entry.getResponseBuilder().putResponseTrailers("grpc-status", "7");
        AuditEvent event = event(entry);
        assertText(event, Field.GRPC_SERVICE, "shop.v1.Orders");
        assertText(event, Field.GRPC_METHOD, "List");
        assertThat(event.number(Field.GRPC_STATUS)).hasValue(7);
    }

    @Test
    void aPeerBehindATrustedHeaderIsKept() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getCommonPropertiesBuilder().setDownstreamRemoteAddress(Entries.address("203.0.113.9", 0));
        AuditEvent event = event(entry);
        assertText(event, Field.SOURCE_ADDRESS, "203.0.113.9");
        assertText(event, Field.SOURCE_PEER_ADDRESS, "10.0.0.11");
        assertThat(event.has(Field.SOURCE_PORT)).isFalse();
    }

    @Test
    void numbersAreInTheirUnits() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder()
                .setDuration(Duration.newBuilder().setSeconds(2).setNanos(5));
        AuditEvent event = event(entry);
        assertThat(event.number(Field.DURATION)).hasValue(2_000_000_005L);
        assertThat(event.number(Field.BYTES_IN)).hasValue(9);
        assertThat(event.number(Field.BYTES_OUT)).hasValue(7);
        assertThat(event.number(Field.TIME)).hasValue(Entries.START * 1_000_000_000L);
    }

    @Test
    void customTagsAreFieldsWhereThereIsOne() {
        TCPAccessLogEntry.Builder entry = connection();
        AccessLogCommon.Builder common = entry.getCommonPropertiesBuilder();
        common.putCustomTags("connection.id", "77")
                .putCustomTags("tls.alpn", "h2")
                .putCustomTags("tls.peer_fingerprint", "ac78")
                .putCustomTags("tls.cipher", "ECDHE")
                .putCustomTags("team", "blue");
        AuditEvent event = event(entry);
        assertText(event, Field.CONNECTION_ID, "77");
        assertText(event, Field.TLS_ALPN, "h2");
        assertText(event, Field.TLS_PEER_FINGERPRINT, "ac78");
        assertText(event, Field.TLS_CIPHER, "TLS_AES_256_GCM_SHA384");
        assertThat(event.attributes()).containsEntry("team", "blue").doesNotContainKey("tls.cipher");
    }

    @Test
    void theOperatorsWordForTheSideGoesFirst() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().putCustomTags("observer.side", "gateway");
        AuditEvent event = event(entry);
        assertText(event, Field.OBSERVER_SIDE, "gateway");
        assertThat(event.attributes()).doesNotContainKey("observer.side");
    }

    @Test
    void aWordThatIsNoSideStaysAnAttribute() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().putCustomTags("observer.side", "upside-down");
        AuditEvent event = event(entry);
        assertText(event, Field.OBSERVER_SIDE, "server");
        assertThat(event.attributes()).containsEntry("observer.side", "upside-down");
    }

    @Test
    void opaqueFilterStateIsLeftAlone() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().putFilterStateObjects("wasm.downstream_peer", Any.pack(BoolValue.of(true)));
        assertThat(event(entry).has(Field.SOURCE_WORKLOAD)).isFalse();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static void assertText(AuditEvent event, Field field, String expected) {
        assertThat(event.text(field)).as(field.key()).contains(expected);
    }
}
