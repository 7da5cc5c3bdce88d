package io.meshtrail.source.envoy;

import static io.meshtrail.source.envoy.Entries.answered;
import static io.meshtrail.source.envoy.Entries.connection;
import static io.meshtrail.source.envoy.Entries.event;
import static io.meshtrail.source.envoy.Entries.flagged;
import static io.meshtrail.source.envoy.Entries.handshake;
import static io.meshtrail.source.envoy.Entries.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogType;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.ResponseFlags;
import io.envoyproxy.envoy.data.accesslog.v3.TCPAccessLogEntry;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rows of the table "from wire facts to event", one test each; the first that fits wins.
final class ClassificationTest {
    private static final String OPENSSL = "TLS_error:|268435581:SSL routines:OPENSSL_internal:";
    private static final String RBAC = "rbac_access_denied_matched_policy[";
    private static final String INTERNS = RBAC + "ns[shop]-policy[orders-no-interns]-rule[2]]";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "HTTP_REQUEST:TLS_error_end; plaintext_on_mtls",
                "WRONG_VERSION_NUMBER:TLS_error_end; plaintext_on_mtls",
                "CERTIFICATE_VERIFY_FAILED:verify cert failed: X509_verify_cert: certificate verification error at"
                        + " depth 0: certificate has expired:TLS_error_end; certificate_expired",
                "CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_certificate_has_expired; certificate_expired",
                "SSLV3_ALERT_CERTIFICATE_EXPIRED; peer_rejected_certificate",
                "CERTIFICATE_VERIFY_FAILED:depth 0: unable to get local issuer certificate; unknown_ca",
                "CERTIFICATE_VERIFY_FAILED:depth 1: self-signed certificate in certificate chain; unknown_ca",
                "TLSV1_ALERT_UNKNOWN_CA; peer_rejected_certificate",
                "CERTIFICATE_VERIFY_FAILED:verify cert failed: SAN matcher, certificate SANs are"
                        + " [spiffe://a/certificate has expired]; san_mismatch",
                "CERTIFICATE_VERIFY_FAILED:certificate revoked; certificate_revoked",
                "CERTIFICATE_VERIFY_FAILED:TLS_error_end; certificate_rejected",
                "PEER_DID_NOT_RETURN_A_CERTIFICATE; no_client_certificate",
                "SSLV3_ALERT_BAD_CERTIFICATE; peer_rejected_certificate",
                "NO_SHARED_CIPHER; no_shared_protocol",
                "UNSUPPORTED_PROTOCOL; no_shared_protocol",
                "DECODE_ERROR; protocol_error",
            })
    void aDownstreamTlsFailureIsAFailedHandshake(String words, String reason) {
        AuditEvent event = event(handshake(OPENSSL + words));

        assertJudged(event, "handshake", "failed", reason);
        assertThat(event.text(Field.TLS_FAILURE)).contains(OPENSSL + words);
        assertThat(event.text(Field.SOURCE_VERIFIED)).contains("claimed");
    }

    @Test
    void aProxyWithoutACertificateIsAFailedHandshake() {
        assertJudged(
                event(handshake("Secret is not supplied by SDS")), "handshake", "failed", "certificate_unavailable");
    }

    @Test
    void aHandshakeThatDoesNotEndIsAFailedHandshake() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().setConnectionTerminationDetails("transport socket timeout was reached");
        assertJudged(event(entry), "handshake", "failed", "handshake_timeout");
    }

    @Test
    void aHandshakeFailureGoesBeforeTheMissingFilterChain() {
        TCPAccessLogEntry.Builder entry = handshake(OPENSSL + "HTTP_REQUEST");
        entry.getCommonPropertiesBuilder().getResponseFlagsBuilder().setNoRouteFound(true);
        AuditEvent event = event(entry);
        assertJudged(event, "handshake", "failed", "plaintext_on_mtls");
        assertThat(event.text(Field.PROXY_FLAGS)).contains("NR");
    }

    @Test
    void noRouteOnAConnectionIsNoFilterChain() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().getResponseFlagsBuilder().setNoRouteFound(true);
        assertJudged(event(entry), "connection", "denied", "no_filter_chain");
    }

    @Test
    void noFilterChainToldByTheHttpLoggerIsAConnectionToo() {
        HTTPAccessLogEntry.Builder entry = flagged(0, "filter_chain_not_found", flags -> flags.setNoRouteFound(true));
        entry.clearProtocolVersion().getRequestBuilder().clear();
        assertJudged(event(entry), "connection", "denied", "no_filter_chain");
    }

    @Test
    void networkRbacDeniesConnectionsByAPolicy() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().setConnectionTerminationDetails(INTERNS);
        AuditEvent event = event(entry);
        assertJudged(event, "connection", "denied", "policy_denied");
        assertPolicy(event, "shop/orders-no-interns", "2", "deny");
        assertThat(event.text(Field.DETAIL)).contains(INTERNS);
    }

    @Test
    void networkRbacDeniesConnectionsThatNoPolicyAllows() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().setConnectionTerminationDetails(RBAC + "none]");
        AuditEvent event = event(entry);
        assertJudged(event, "connection", "denied", "no_policy_matched");
        assertThat(event.text(Field.POLICY_ACTION)).contains("default_deny");
        assertThat(event.has(Field.POLICY_NAME)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Jwt_is_missing, token_missing",
        "Jwt_is_expired, token_expired",
        "Jwt_not_yet_valid, token_not_yet_valid",
        "Audiences_in_Jwt_are_not_allowed, token_wrong_audience",
        "Jwt_issuer_is_not_configured, token_wrong_issuer",
        "Jwt_verification_fails, token_invalid",
        "Jwks_remote_fetch_is_failed, token_keys_unavailable",
        "Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt, token_invalid",
        "Some_status_of_tomorrow, token_invalid"
    })
    void theJwtFilterDeniesTokens(String status, String reason) {
        assertJudged(event(answered(401, "jwt_authn_access_denied{" + status + "}")), "token", "denied", reason);
    }

    @Test
    void httpRbacDeniesRequestsByAPolicy() {
        AuditEvent event = event(answered(403, INTERNS));
        assertJudged(event, "request", "denied", "policy_denied");
        assertPolicy(event, "shop/orders-no-interns", "2", "deny");
        assertThat(event.text(Field.POLICY_KIND)).contains("AuthorizationPolicy");
    }

    @Test
    void httpRbacDeniesRequestsThatNoPolicyAllows() {
        AuditEvent event = event(answered(403, RBAC + "none]"));
        assertJudged(event, "request", "denied", "no_policy_matched");
        assertThat(event.text(Field.POLICY_ACTION)).contains("default_deny");
    }

    @Test
    void aPolicyIdThatIsNotIstiosIsItsOwnName() {
        AuditEvent event = event(answered(403, RBAC + "deny-[all]]"));
        assertJudged(event, "request", "denied", "policy_denied");
        assertThat(event.text(Field.POLICY_NAME)).contains("deny-[all]");
        assertThat(event.has(Field.POLICY_KIND)).isFalse();
    }

    @Test
    void aDenialWithoutDetailsIsKnownByTheFiltersMetadata() {
        HTTPAccessLogEntry.Builder entry = answered(403, "");
        Entries.metadata(
                entry.getCommonPropertiesBuilder(),
                "envoy.filters.http.rbac",
                Map.of("enforced_engine_result", "denied", "enforced_effective_policy_id", "ns[a]-policy[b]-rule[0]"));
        AuditEvent event = event(entry);
        assertJudged(event, "request", "denied", "policy_denied");
        assertPolicy(event, "a/b", "0", "deny");
    }

    @Test
    void anExternalAuthorizerDeniesRequests() {
        AuditEvent event = event(flagged(
                403,
                "ext_authz_denied",
                flags -> flags.getUnauthorizedDetailsBuilder()
                        .setReason(ResponseFlags.Unauthorized.Reason.EXTERNAL_SERVICE)));
        assertJudged(event, "request", "denied", "ext_authz_denied");
        assertThat(event.text(Field.PROXY_FLAGS)).contains("UAEX");
        assertJudged(event(answered(403, "ext_authz_error")), "request", "denied", "ext_authz_failed");
    }

    @Test
    void anExternalDenialNamesTheCustomPolicy() {
        HTTPAccessLogEntry.Builder entry = answered(403, "ext_authz_denied");
        Entries.metadata(
                entry.getCommonPropertiesBuilder(),
                "envoy.filters.http.rbac",
                Map.of(
                        "istio_ext_authz_shadow_effective_policy_id",
                        "istio-ext-authz-opa-ns[shop]-policy[ask-opa]-rule[0]",
                        "istio_ext_authz_shadow_engine_result",
                        "allowed"));
        AuditEvent event = event(entry);
        assertPolicy(event, "shop/ask-opa", "0", "deny");
        assertThat(event.has(Field.SHADOW_ACTION)).isFalse();
    }

    @Test
    void aBrokenExternalAuthorizerIsNotThePolicysNo() {
        String id = "istio-ext-authz-opa-ns[shop]-policy[ask-opa]-rule[0]-deny-due-to-bad-CUSTOM-action";
        AuditEvent event = event(answered(403, RBAC + id + "]"));
        assertJudged(event, "request", "denied", "ext_authz_failed");
        assertPolicy(event, "shop/ask-opa", "0", "deny");
    }

    @Test
    void aRateLimitDeniesRequests() {
        assertJudged(
                event(flagged(429, "request_rate_limited", f -> f.setRateLimited(true))),
                "request",
                "denied",
                "rate_limited");
        assertJudged(event(answered(429, "local_rate_limited")), "request", "denied", "rate_limited");
        assertJudged(
                event(flagged(500, "rate_limiter_error", f -> f.setRateLimitServiceError(true))),
                "request",
                "denied",
                "rate_limit_failed");
    }

    @Test
    void anUpstreamTlsFailureIsTheRequests() {
        HTTPAccessLogEntry.Builder entry = flagged(
                503, "upstream_reset_before_response_started{x}", flags -> flags.setUpstreamConnectionFailure(true));
        String failure = OPENSSL + "CERTIFICATE_VERIFY_FAILED:TLS_error_end";
        entry.getCommonPropertiesBuilder().setUpstreamTransportFailureReason(failure);
        AuditEvent event = event(entry);
        assertJudged(event, "request", "failed", "upstream_tls_failed");
        assertThat(event.text(Field.TLS_FAILURE)).contains(failure);
        assertThat(event.text(Field.DETAIL)).contains(failure);
    }

    @Test
    void aRefusedConnectIsNoTlsFailure() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder()
                .setUpstreamTransportFailureReason("delayed connect error: Connection refused")
                .getResponseFlagsBuilder()
                .setUpstreamConnectionFailure(true);
        AuditEvent event = event(entry);
        assertJudged(event, "connection", "failed", "upstream_unreachable");
        assertThat(event.has(Field.TLS_FAILURE)).isFalse();
    }

    @Test
    void aRetryThatSucceededIsASuccess() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getCommonPropertiesBuilder().setUpstreamTransportFailureReason(OPENSSL + "WRONG_VERSION_NUMBER");
        assertJudged(event(entry), "request", "allowed", "");
    }

    @Test
    void eachFailureFlagHasItsReason() {
        assertFlag(f -> f.setUpstreamConnectionFailure(true), "UF", "upstream_unreachable");
        assertFlag(f -> f.setUpstreamRequestTimeout(true), "UT", "upstream_timeout");
        assertFlag(f -> f.setNoHealthyUpstream(true), "UH", "no_healthy_upstream");
        assertFlag(f -> f.setUpstreamConnectionTermination(true), "UC", "upstream_reset");
        assertFlag(f -> f.setUpstreamRemoteReset(true), "UR", "upstream_reset");
        assertFlag(f -> f.setUpstreamOverflow(true), "UO", "upstream_overflow");
        assertFlag(f -> f.setUpstreamRetryLimitExceeded(true), "URX", "upstream_retries_exhausted");
        assertFlag(f -> f.setUpstreamProtocolError(true), "UPE", "upstream_protocol_error");
        assertFlag(f -> f.setNoClusterFound(true), "NC", "no_cluster");
        assertFlag(f -> f.setNoRouteFound(true), "NR", "no_route");
        assertFlag(f -> f.setDnsResolutionFailure(true), "DF", "dns_failed");
        assertFlag(f -> f.setDownstreamProtocolError(true), "DPE", "bad_request");
        assertFlag(f -> f.setInvalidEnvoyRequestHeaders(true), "IH", "bad_request");
        assertFlag(f -> f.setStreamIdleTimeout(true), "SI", "timeout");
        assertFlag(f -> f.setDurationTimeout(true), "DT", "timeout");
        assertFlag(f -> f.setOverloadManager(true), "OM", "overloaded");
        assertFlag(f -> f.setFaultInjected(true), "FI", "fault_injected");
        assertFlag(f -> f.setNoFilterConfigFound(true), "NFCF", "configuration_missing");
        assertFlag(
                f -> f.setUpstreamRetryLimitExceeded(true).setUpstreamConnectionFailure(true),
                "UF,URX",
                "upstream_unreachable");
    }

    @Test
    void aClientThatLeftBeforeTheAnswerFailedIt() {
        AuditEvent event =
                event(flagged(0, "downstream_remote_disconnect", f -> f.setDownstreamConnectionTermination(true)));
        assertJudged(event, "request", "failed", "client_disconnected");
        assertThat(event.has(Field.HTTP_STATUS)).isFalse();
    }

    @Test
    void aClientThatLeftAfterTheHeadWasAllowed() {
        AuditEvent event =
                event(flagged(200, "downstream_remote_disconnect", f -> f.setDownstreamConnectionTermination(true)));
        assertJudged(event, "request", "allowed", "client_disconnected");
    }

    @Test
    void theApplicationsOwnRefusalIsAllowedByTheMesh() {
        assertJudged(event(answered(403, "via_upstream")), "request", "allowed", "application_refused");
        assertJudged(event(answered(401, "via_upstream")), "request", "allowed", "application_refused");
    }

    @Test
    void aRefusalThatDidNotComeFromTheApplicationIsADenial() {
        assertJudged(event(answered(401, "no_credential_for_basic_auth")), "request", "denied", "unauthenticated");
        assertJudged(event(answered(403, "direct_response")), "request", "denied", "forbidden");
    }

    @Test
    void egressThatTheRegistryForbidsIsDenied() {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder()
                .setUpstreamCluster("BlackHoleCluster")
                .getResponseFlagsBuilder()
                .setNoHealthyUpstream(true);
        assertJudged(event(entry), "connection", "denied", "no_route");
    }

    @Test
    void aResponsePassedThroughIsAllowedWhateverItsStatus() {
        for (int status : List.of(200, 302, 404, 500)) {
            assertJudged(event(answered(status, "via_upstream")), "request", "allowed", "");
        }
        assertJudged(event(answered(301, "direct_response")), "request", "allowed", "");
    }

    @Test
    void aConnectionThatWentWellIsAllowed() {
        assertJudged(event(connection()), "connection", "allowed", "");
    }

    @Test
    void aHttpEntryWithoutMethodAndProtocolIsAConnection() {
        HTTPAccessLogEntry.Builder entry = request().clearProtocolVersion();
        entry.getRequestBuilder().clear();
        entry.getResponseBuilder().clear();
        assertJudged(event(entry), "connection", "allowed", "");
    }

    @Test
    void whatHasOnlyBegunHasNoOutcomeYet() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getResponseBuilder().clear();
        entry.getCommonPropertiesBuilder().setAccessLogType(AccessLogType.DownstreamStart);
        AuditEvent event = event(entry);
        assertJudged(event, "request", "unknown", "");
        assertThat(event.attributes()).containsEntry("access_log_type", "DownstreamStart");
    }

    @Test
    void aRequestOfAnUnknownMethodStaysARequest() {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getRequestBuilder().setRequestMethod(RequestMethod.METHOD_UNSPECIFIED);
        entry.getResponseBuilder().setResponseCode(UInt32Value.of(400)).setResponseCodeDetails("http1.codec_error");
        assertJudged(event(entry), "request", "failed", "bad_request");
    }

    private static void assertFlag(Consumer<ResponseFlags.Builder> flag, String name, String reason) {
        AuditEvent event = event(flagged(503, "x", flag));
        assertJudged(event, "request", "failed", reason);
        assertThat(event.text(Field.PROXY_FLAGS)).contains(name);
    }

    private static void assertJudged(AuditEvent event, String kind, String outcome, String reason) {
        assertThat(event.text(Field.KIND).orElse("") + " "
                        + event.text(Field.OUTCOME).orElse("") + " "
                        + event.text(Field.REASON).orElse(""))
                .isEqualTo(kind + " " + outcome + " " + reason);
    }

    private static void assertPolicy(AuditEvent event, String name, String rule, String action) {
        assertThat(event.text(Field.POLICY_NAME)).contains(name);
        assertThat(event.text(Field.POLICY_RULE)).contains(rule);
        assertThat(event.text(Field.POLICY_ACTION)).contains(action);
    }
}
