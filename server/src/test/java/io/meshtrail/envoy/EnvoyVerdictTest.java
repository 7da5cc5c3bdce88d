package io.meshtrail.envoy;

import static io.meshtrail.envoy.Said.connection;
import static io.meshtrail.envoy.Said.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.envoy.EnvoyFacts.Told;
import io.meshtrail.envoy.EnvoyFacts.Words;
import io.meshtrail.event.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table "from wire facts to event", row by row.
final class EnvoyVerdictTest {
    private static final String BROKEN = "istio-ext-authz-opa-ns[a]-policy[b]-rule[0]-deny-due-to-bad-CUSTOM-action";

    @ParameterizedTest
    @CsvSource({
        "200, -, via_upstream, request, allowed, ",
        "403, -, via_upstream, request, allowed, application_refused",
        "401, -, via_upstream, request, allowed, application_refused",
        "500, -, via_upstream, request, allowed, ",
        "403, -, rbac_access_denied_matched_policy[none], request, denied, no_policy_matched",
        "403, -, rbac_access_denied_matched_policy[ns[a]-policy[b]-rule[0]], request, denied, policy_denied",
        "403, -, rbac_access_denied_matched_policy[, request, denied, no_policy_matched",
        "403, -, rbac_access_denied_matched_policy[" + BROKEN + "], request, denied, ext_authz_failed",
        "401, -, jwt_authn_access_denied{Jwt_is_missing}, token, denied, token_missing",
        "401, -, jwt_authn_access_denied{Jwt_is_expired}, token, denied, token_expired",
        "401, -, jwt_authn_access_denied{Jwt is expired}, token, denied, token_expired",
        "401, -, jwt_authn_access_denied{Jwt_not_yet_valid}, token, denied, token_not_yet_valid",
        "401, -, jwt_authn_access_denied{Jwt_issuer_is_not_configured}, token, denied, token_wrong_issuer",
        "403, -, jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}, token, denied, token_wrong_audience",
        "401, -, jwt_authn_access_denied{Jwt_verification_fails}, token, denied, token_invalid",
        "401, -, jwt_authn_access_denied{Jwks_remote_fetch_is_failed}, token, denied, token_keys_unavailable",
        "403, UAEX, '', request, denied, ext_authz_denied",
        "403, UAEX, ext_authz_error, request, denied, ext_authz_failed",
        "429, RL, local_rate_limited, request, denied, rate_limited",
        "500, RLSE, rate_limiter_error, request, denied, rate_limit_failed",
        "404, NR, route_not_found, request, failed, no_route",
        "0, NR, filter_chain_not_found, connection, denied, no_filter_chain",
        "503, NC, cluster_not_found, request, failed, no_cluster",
        "503, UH, no_healthy_upstream, request, failed, no_healthy_upstream",
        "503, 'UF,URX', '', request, failed, upstream_unreachable",
        "503, 'UC,URX', '', request, failed, upstream_reset",
        "503, URX, '', request, failed, upstream_retries_exhausted",
        "503, UO, overflow, request, failed, upstream_overflow",
        "504, UT, upstream_response_timeout, request, failed, upstream_timeout",
        "503, UC, upstream_reset_before_response_started{connection_termination}, request, failed, upstream_reset",
        "0, DC, downstream_remote_disconnect, request, failed, client_disconnected",
        "200, DC, downstream_remote_disconnect, request, allowed, client_disconnected",
        "0, -, '', request, failed, client_disconnected",
        "400, IH, '', request, failed, bad_request",
        "503, OM, overload, request, failed, overloaded",
        "503, DO, drop_overload, request, failed, overloaded",
        "503, UDO, unconditional_drop, request, failed, overloaded",
        "503, FI, fault_filter_abort, request, failed, fault_injected",
        "200, DI, via_upstream, request, allowed, fault_injected",
        "500, NFCF, '', request, failed, configuration_missing",
        "400, -, missing_host_header, request, failed, bad_request",
        "408, -, stream_idle_timeout, request, failed, timeout",
        "401, -, no_credential_for_basic_auth, request, denied, unauthenticated",
        "403, -, direct_response, request, denied, forbidden",
        "301, -, direct_response, request, allowed, ",
        "500, -, words_of_tomorrow, request, failed, other"
    })
    void flagsAndDetailsTell(long status, String flags, String details, String kind, String outcome, String reason) {
        assertVerdict(EnvoyVerdict.of(request(status, flags, details, "")), kind, outcome, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_error:|1:SSL_routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE:TLS_error_end, no_client_certificate",
        "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED, certificate_rejected",
        "'CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_SAN_matcher,_certificate_SANs_are_[certificate_has_expired]', san_mismatch",
        "CERTIFICATE_VERIFY_FAILED:X509_verify_cert:_at_depth_0:_unable_to_get_local_issuer_certificate, unknown_ca",
        "CERTIFICATE_VERIFY_FAILED:certificate_has_expired, certificate_expired",
        "CERTIFICATE_VERIFY_FAILED:certificate_is_not_yet_valid, certificate_expired",
        "CERTIFICATE_VERIFY_FAILED:certificate_revoked, certificate_revoked",
        "OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_EXPIRED, peer_rejected_certificate",
        "OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_REVOKED, peer_rejected_certificate",
        "OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE, peer_rejected_certificate",
        "OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA, peer_rejected_certificate",
        "OPENSSL_internal:WRONG_VERSION_NUMBER, plaintext_on_mtls",
        "OPENSSL_internal:HTTP_REQUEST, plaintext_on_mtls",
        "OPENSSL_internal:NO_SHARED_CIPHER, no_shared_protocol",
        "OPENSSL_internal:NO_COMMON_SIGNATURE_ALGORITHMS, no_shared_protocol",
        "OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION, no_shared_protocol",
        "Secret is not supplied by SDS, certificate_unavailable",
        "OPENSSL_internal:SOMETHING_ELSE, protocol_error"
    })
    void theWordsOfTheTlsLibraryTellWhyAHandshakeFailed(String words, String reason) {
        EnvoyVerdict verdict = EnvoyVerdict.of(connection(Told.END, "NR", "", words));
        assertVerdict(verdict, "handshake", "failed", reason);
        assertThat(verdict.words()).isEqualTo(Words.DOWNSTREAM_FAILURE);
    }

    @ParameterizedTest
    @CsvSource({
        "-, transport socket timeout was reached, handshake, failed, handshake_timeout",
        "-, transport_socket_timeout_was_reached, handshake, failed, handshake_timeout",
        "-, rbac_access_denied_matched_policy[ns[a]-policy[b]-rule[1]], connection, denied, policy_denied",
        "-, rbac_access_denied_matched_policy[none], connection, denied, no_policy_matched",
        "NR, '', connection, denied, no_filter_chain",
        "DC, '', connection, failed, client_disconnected",
        "UF, '', connection, failed, upstream_unreachable",
        "-, '', connection, allowed, ",
    })
    void flagsAndTerminationTellOfAConnection(
            String flags, String termination, String kind, String outcome, String reason) {
        assertVerdict(EnvoyVerdict.of(connection(Told.END, flags, termination, "")), kind, outcome, reason);
    }

    @Test
    void aListenersSilenceIsAnAllowedConnectionOnlyIfItWouldTellOfAFailedHandshake() {
        EnvoyFacts silent = connection(Told.END_WITHOUT_HANDSHAKES, "", "", "");
        assertVerdict(EnvoyVerdict.of(silent), "connection", "unknown", null);
        assertVerdict(EnvoyVerdict.of(Said.toCluster(silent, "db", "")), "connection", "allowed", null);
        assertVerdict(EnvoyVerdict.of(connection(Told.BEGIN, "", "", "")), "connection", "unknown", null);
    }

    @Test
    void anUpstreamFailureIsOfTlsOrOfTheConnection() {
        EnvoyVerdict tls = EnvoyVerdict.of(request(503, "UF", "x", "TLS_error:_y"));
        assertVerdict(tls, "request", "failed", "upstream_tls_failed");
        assertThat(tls.words()).isEqualTo(Words.UPSTREAM_FAILURE);
        EnvoyVerdict connect = EnvoyVerdict.of(request(503, "UF", "x", "delayed_connect_error:_111"));
        assertVerdict(connect, "request", "failed", "upstream_unreachable");
        assertThat(connect.words()).isEqualTo(Words.DETAILS);
        String named = "delayed connect error to tls-certificate-store";
        assertVerdict(EnvoyVerdict.of(request(503, "UF", "x", named)), "request", "failed", "upstream_unreachable");
    }

    @Test
    void withoutFlagsTheStatusTellsWhetherTheUpstreamFailureWasTheEnd() {
        String failure = "TLS_error:_y";
        assertVerdict(EnvoyVerdict.of(request(503, "", "", failure)), "request", "failed", "upstream_tls_failed");
        assertVerdict(EnvoyVerdict.of(request(0, "", "", "refused")), "request", "failed", "upstream_unreachable");
        assertVerdict(EnvoyVerdict.of(request(200, "", "via_upstream", failure)), "request", "allowed", null);
        assertVerdict(EnvoyVerdict.of(request(504, "UT", "", failure)), "request", "failed", "upstream_timeout");
    }

    @Test
    void egressThatTheRegistryForbidsIsDenied() {
        EnvoyFacts facts = request(503, "UH", "no_healthy_upstream", "");
        EnvoyFacts hole = Said.toCluster(facts, "BlackHoleCluster", "");
        assertVerdict(EnvoyVerdict.of(hole), "request", "denied", "no_route");
        EnvoyFacts blocked = Said.toCluster(request(502, "", "direct_response", ""), "", "block_all");
        assertVerdict(EnvoyVerdict.of(blocked), "request", "denied", "no_route");
    }

    @Test
    void aDenialTellsThePolicyAndItsAction() {
        String words = "rbac_access_denied_matched_policy[ns[a]-policy[b]-rule[1]]";
        EnvoyVerdict denied = EnvoyVerdict.of(request(403, "", words, ""));
        assertThat(denied.policy()).isEqualTo("ns[a]-policy[b]-rule[1]");
        assertThat(denied.policyAction()).isEqualTo("deny");
        EnvoyVerdict none = EnvoyVerdict.of(request(403, "", "rbac_access_denied_matched_policy[none]", ""));
        assertThat(none.policy()).isEmpty();
        assertThat(none.policyAction()).isEqualTo("default_deny");
        assertThat(EnvoyVerdict.of(request(200, "", "via_upstream", "")).policyAction())
                .isEmpty();
    }

    private static void assertVerdict(EnvoyVerdict verdict, String kind, String outcome, @Nullable String reason) {
        assertThat(verdict.kind().code()).isEqualTo(kind);
        assertThat(verdict.outcome().code()).isEqualTo(outcome);
        assertThat(verdict.reason().map(Reason::code)).isEqualTo(Optional.ofNullable(reason));
    }
}
