package io.meshtrail.source.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the words of Envoy mean.
final class JudgeTest {
    @ParameterizedTest
    @CsvSource({
        "200, -, via_upstream, request, allowed, ",
        "403, -, via_upstream, request, allowed, application_refused",
        "401, -, via_upstream, request, allowed, application_refused",
        "500, -, via_upstream, request, allowed, ",
        "403, -, rbac_access_denied_matched_policy[none], request, denied, no_policy_matched",
        "403, -, rbac_access_denied_matched_policy[ns[a]-policy[b]-rule[0]], request, denied, policy_denied",
        "403, -, rbac_access_denied_matched_policy[, request, denied, no_policy_matched",
        "401, -, jwt_authn_access_denied{Jwt_is_missing}, token, denied, token_missing",
        "401, -, jwt_authn_access_denied{Jwt_is_expired}, token, denied, token_expired",
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
        "503, UO, overflow, request, failed, upstream_overflow",
        "504, UT, upstream_response_timeout, request, failed, upstream_timeout",
        "503, UC, upstream_reset_before_response_started{connection_termination}, request, failed, upstream_reset",
        "0, DC, downstream_remote_disconnect, request, failed, client_disconnected",
        "400, IH, '', request, failed, bad_request",
        "503, OM, overload, request, failed, overloaded",
        "503, FI, fault_filter_abort, request, failed, fault_injected",
        "200, DI, via_upstream, request, allowed, fault_injected",
        "500, NFCF, '', request, failed, configuration_missing",
        "400, -, missing_host_header, request, failed, bad_request",
        "408, -, stream_idle_timeout, request, failed, timeout"
    })
    void flagsAndDetailsTell(long status, String flags, String details, String kind, String outcome, String reason) {
        String shown = flags.equals("-") ? "" : flags;
        Verdict verdict = Judge.verdict(new Facts(true, status, shown, details, "", "", "", true));
        assertThat(verdict.kind().code()).isEqualTo(kind);
        assertThat(verdict.outcome().code()).isEqualTo(outcome);
        assertThat(verdict.reason().map(Reason::code)).isEqualTo(Optional.ofNullable(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_error:|1:SSL_routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE:TLS_error_end, no_client_certificate",
        "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED, certificate_rejected",
        "'CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_SAN_matcher,_certificate_SANs_are_[a]', san_mismatch",
        "'CERTIFICATE_VERIFY_FAILED:X509_verify_cert:_certificate_verification_error_at_depth_0:_unable_to_get_local_issuer_certificate', unknown_ca",
        "CERTIFICATE_VERIFY_FAILED:certificate_has_expired, certificate_expired",
        "CERTIFICATE_VERIFY_FAILED:certificate_revoked, certificate_revoked",
        "OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_EXPIRED, peer_rejected_certificate",
        "OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA, peer_rejected_certificate",
        "OPENSSL_internal:WRONG_VERSION_NUMBER, plaintext_on_mtls",
        "OPENSSL_internal:HTTP_REQUEST, plaintext_on_mtls",
        "OPENSSL_internal:NO_SHARED_CIPHER, no_shared_protocol",
        "OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION, no_shared_protocol",
        "Secret is not supplied by SDS, certificate_unavailable",
        "OPENSSL_internal:SOMETHING_ELSE, protocol_error"
    })
    void theWordsOfTheTlsLibraryTellWhyAHandshakeFailed(String words, String reason) {
        Verdict verdict = Judge.verdict(new Facts(false, 0, "", "", "", "", words, false));
        assertThat(verdict.kind().code()).isEqualTo("handshake");
        assertThat(verdict.reason().map(Reason::code)).contains(reason);
        assertThat(verdict.words()).isEqualTo(words);
    }

    @Test
    void anUpstreamFailureIsOfTlsOrOfTheConnection() {
        Verdict tls = Judge.verdict(new Facts(true, 503, "UF", "x", "", "TLS_error:_y", "", true));
        assertThat(tls.reason()).contains(Reason.UPSTREAM_TLS_FAILED);
        Verdict connect = Judge.verdict(new Facts(true, 503, "UF", "x", "", "delayed_connect_error:_111", "", true));
        assertThat(connect.reason()).contains(Reason.UPSTREAM_UNREACHABLE);
        assertThat(connect.words()).isEqualTo("delayed_connect_error:_111");
    }

    @Test
    void aPolicyIsNamedWithItsNamespaceAndRule() {
        assertThat(PolicyId.of("ns[shop]-policy[deny-admin]-rule[2]"))
                .isEqualTo(new PolicyId("shop/deny-admin", "2", false));
        assertThat(PolicyId.of("istio-ext-authz-opa-ns[shop]-policy[p]-rule[0]-deny-due-to-bad-CUSTOM-action"))
                .isEqualTo(new PolicyId("shop/p", "0", true));
        assertThat(PolicyId.of("istio-ext-authz-ns[shop]-policy[p]-rule[0]"))
                .isEqualTo(new PolicyId("shop/p", "0", false));
        assertThat(PolicyId.of("deny-all")).isEqualTo(new PolicyId("deny-all", "", false));
    }

    @Test
    void aNetworkDenialIsOfTheConnection() {
        String words = "rbac_access_denied_matched_policy[ns[a]-policy[b]-rule[1]]";
        Verdict verdict = Judge.verdict(new Facts(false, 0, "", "", words, "", "", true));
        assertThat(verdict.kind().code()).isEqualTo("connection");
        assertThat(verdict.reason()).contains(Reason.POLICY_DENIED);
        assertThat(verdict.policy()).contains(new PolicyId("a/b", "1", false));
    }
}
