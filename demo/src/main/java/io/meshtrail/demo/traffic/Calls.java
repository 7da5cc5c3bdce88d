package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Persona;
import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.identity.ClientTls;
import io.meshtrail.demo.identity.DemoCa;
import io.meshtrail.demo.identity.TokenIssuer;
import io.meshtrail.demo.policy.PolicyTimeline;
import java.util.List;
import java.util.Optional;

/// What each case does.
///
/// @param timeline learns what the calls of `reports` turned out to be
public record Calls(Subnet subnet, DemoCa ca, TokenIssuer tokens, PolicyTimeline timeline) {
    private static final String LEGACY_HOST = "legacy.shop.svc.cluster.local";

    /// A client for one case; empty for the cases that others turn into.
    Optional<Call> of(Case which) {
        EdgeTokens edge = new EdgeTokens(tokens);
        return Optional.ofNullable(
                switch (which) {
                    case BROWSE ->
                        atEdge(which, "GET", "/catalog/items/%d?page=2", 200).token(edge::good);
                    case CHECKOUT -> atEdge(which, "POST", "/checkout", 200).token(edge::good);
                    case DENIED_AT_EDGE ->
                        atEdge(which, "GET", "/admin/users", 403).token(edge::good);
                    case APPLICATION_REFUSED ->
                        atEdge(which, "GET", "/vault", 403).token(edge::good);
                    case TOKEN_MISSING -> atEdge(which, "GET", "/account", 401);
                    case TOKEN_EXPIRED -> atEdge(which, "GET", "/account", 401).token(edge::expired);
                    case TOKEN_WRONG_AUDIENCE ->
                        atEdge(which, "GET", "/account", 403).token(edge::wrongAudience);
                    case TOKEN_INVALID ->
                        atEdge(which, "GET", "/account?access_token=" + EdgeTokens.SECRET, 401)
                                .token(edge::forged);
                    case REPORT_ALLOWED ->
                        new ReportCall(atOrders(which, Persona.REPORTS, "GET", "/orders/report"), timeline);
                    case REPORT_DENIED_NO_POLICY_MATCHED, REPORT_DENIED_BY_POLICY -> null;
                    case DENIED_BY_POLICY ->
                        atOrders(which, Persona.INTERN, "GET", "/orders/list").answered(403);
                    case DENIED_NO_POLICY_MATCHED ->
                        atOrders(which, Persona.BATCH, "POST", "/orders/import").answered(403);
                    case UPSTREAM_UNREACHABLE ->
                        fromService(which, Workload.ORDERS, Workload.PAYMENTS.host(), "/payments/refunds", 503);
                    case UPSTREAM_TIMEOUT ->
                        fromService(which, Workload.ORDERS, Workload.PAYMENTS.host(), "/payments/slow", 504);
                    case UPSTREAM_TLS_FAILED -> fromService(which, Workload.WEB, LEGACY_HOST, "/legacy/stock", 503);
                    case PLAINTEXT_ON_MTLS ->
                        new RefusedCall(
                                which,
                                () -> new Wire(Wire.connect(
                                        Persona.SCANNER.address(subnet),
                                        Workload.ORDERS.address(subnet),
                                        Workload.INBOUND)));
                    case CERTIFICATE_EXPIRED -> handshake(which, Optional.of(DemoCa.EXPIRED));
                    case UNKNOWN_CA -> handshake(which, Optional.of(DemoCa.UNKNOWN_CA));
                    case SAN_MISMATCH -> handshake(which, Optional.of(DemoCa.FOREIGN_TRUST_DOMAIN));
                    case NO_CLIENT_CERTIFICATE -> handshake(which, Optional.empty());
                    case NO_FILTER_CHAIN ->
                        new RefusedCall(
                                which,
                                mutual(
                                        Persona.SCANNER,
                                        Optional.of(Persona.REPORTS.serviceAccount()),
                                        Workload.LEDGERDB,
                                        "vault.example"));
                    case LEDGER_WRITE ->
                        new EchoCall(
                                which,
                                () -> new Wire(Wire.connect(
                                        Workload.PAYMENTS.address(subnet),
                                        Workload.PAYMENTS.address(subnet),
                                        Workload.DATABASE)));
                    case CONNECTION_DENIED_BY_POLICY -> database(which, Persona.INTERN);
                    case CONNECTION_DENIED_NO_POLICY_MATCHED -> database(which, Persona.REPORTS);
                });
    }

    private HttpCall atEdge(Case which, String method, String path, int status) {
        ClientTls tls = ClientTls.of(ca, Optional.empty());
        Dialer dialer = () -> new Wire(tls.over(
                Wire.connect(Persona.CUSTOMER.address(subnet), Workload.EDGE.address(subnet), Workload.GATEWAY),
                "shop.example",
                List.of("http/1.1")));
        return new HttpCall(which, dialer, method, "shop.example", path, "Mozilla/5.0 (X11; Linux x86_64) demo")
                .answered(status);
    }

    private HttpCall atOrders(Case which, Persona persona, String method, String path) {
        Dialer dialer = mutual(
                persona, Optional.of(persona.serviceAccount()), Workload.ORDERS, Workload.ORDERS.sni(Workload.APP));
        String host = Workload.ORDERS.host() + ":" + Workload.APP;
        return new HttpCall(which, dialer, method, host, path, persona.serviceAccount() + "-job/1.9");
    }

    /// A call of a service through its own sidecar.
    private HttpCall fromService(Case which, Workload caller, String host, String path, int status) {
        String address = caller.address(subnet);
        return new HttpCall(
                        which,
                        () -> new Wire(Wire.connect(address, address, Workload.OUTBOUND)),
                        "GET",
                        host + ":" + Workload.APP,
                        path,
                        caller.workloadName() + "-job/2.4")
                .answered(status);
    }

    private RefusedCall handshake(Case which, Optional<String> certificate) {
        return new RefusedCall(
                which, mutual(Persona.SCANNER, certificate, Workload.ORDERS, Workload.ORDERS.sni(Workload.APP)));
    }

    private RefusedCall database(Case which, Persona persona) {
        return new RefusedCall(
                which,
                mutual(
                        persona,
                        Optional.of(persona.serviceAccount()),
                        Workload.LEDGERDB,
                        Workload.LEDGERDB.sni(Workload.DATABASE)));
    }

    private Dialer mutual(Persona from, Optional<String> certificate, Workload to, String sni) {
        ClientTls tls = ClientTls.of(ca, certificate.map(ca::identity));
        return () -> new Wire(tls.over(
                Wire.connect(from.address(subnet), to.address(subnet), Workload.INBOUND), sni, List.of("http/1.1")));
    }
}
