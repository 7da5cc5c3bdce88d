package io.meshtrail.demo.cast;

import java.util.Locale;
import java.util.Optional;

/// One kind of call that the demo makes, all the time, and what an auditor must find of it.
///
/// Each call gives exactly one **primary** event, the one that [#expected()] describes; other proxies on the
/// way may
/// report
/// the same call again, [#entries()] in all.
public enum Case {
    BROWSE(100, 2, edge("request", "allowed", "http.path", "/catalog/*").and("user.issuer", Names.ISSUER)),
    CHECKOUT(
            26,
            6,
            server("payments", "request", "allowed", "http.path", "/payments/charge")
                    .and(
                            "policy.name",
                            "shop/payments-from-orders",
                            "policy.action",
                            "allow",
                            "source.identity",
                            Workload.ORDERS.spiffeId(),
                            "source.verified",
                            "mtls",
                            "cluster",
                            "west")),
    REPORT_ALLOWED(
            40,
            1,
            server("orders", "request", "allowed", "http.path", "/orders/report")
                    .and("policy.name", "shop/orders-viewer", "policy.action", "allow", "shadow.action", "default_deny")
                    .and(from(Persona.REPORTS))),
    REPORT_DENIED_NO_POLICY_MATCHED(
            0,
            1,
            server("orders", "request", "denied", "http.path", "/orders/report", "reason", "no_policy_matched")
                    .and("policy.action", "default_deny")
                    .and(from(Persona.REPORTS))),
    REPORT_DENIED_BY_POLICY(
            0,
            1,
            server("orders", "request", "denied", "http.path", "/orders/report", "reason", "policy_denied")
                    .and("policy.name", "shop/orders-freeze-reports", "policy.action", "deny")
                    .and(from(Persona.REPORTS))),
    DENIED_BY_POLICY(
            3,
            1,
            server("orders", "request", "denied", "http.path", "/orders/list", "reason", "policy_denied")
                    .and("policy.name", "shop/orders-no-interns", "policy.rule", "0", "policy.action", "deny")
                    .and(from(Persona.INTERN))),
    DENIED_NO_POLICY_MATCHED(
            3,
            1,
            server("orders", "request", "denied", "http.path", "/orders/import", "reason", "no_policy_matched")
                    .and("policy.action", "default_deny")
                    .and(from(Persona.BATCH))),
    DENIED_AT_EDGE(
            2,
            1,
            edge("request", "denied", "http.path", "/admin/users", "reason", "policy_denied")
                    .and(
                            "policy.name",
                            "istio-system/edge-no-admin",
                            "policy.action",
                            "deny",
                            "user.issuer",
                            Names.ISSUER)),
    TOKEN_MISSING(2, 1, edge("token", "denied", "reason", "token_missing")),
    TOKEN_EXPIRED(2, 1, edge("token", "denied", "reason", "token_expired")),
    TOKEN_WRONG_AUDIENCE(2, 1, edge("token", "denied", "reason", "token_wrong_audience")),
    TOKEN_INVALID(2, 1, edge("token", "denied", "reason", "token_invalid")),
    PLAINTEXT_ON_MTLS(1, 1, server("orders", "handshake", "failed", "reason", "plaintext_on_mtls")),
    CERTIFICATE_EXPIRED(1, 1, server("orders", "handshake", "failed", "reason", "certificate_expired")),
    UNKNOWN_CA(1, 1, server("orders", "handshake", "failed", "reason", "unknown_ca")),
    SAN_MISMATCH(1, 1, server("orders", "handshake", "failed", "reason", "san_mismatch")),
    NO_CLIENT_CERTIFICATE(1, 1, server("orders", "handshake", "failed", "reason", "no_client_certificate")),
    NO_FILTER_CHAIN(1, 1, server("ledgerdb", "connection", "denied", "reason", "no_filter_chain")),
    LEDGER_WRITE(
            4,
            2,
            server("ledgerdb", "connection", "allowed")
                    .and(
                            "source.identity",
                            Workload.PAYMENTS.spiffeId(),
                            "source.verified",
                            "mtls",
                            "cluster",
                            "west")),
    CONNECTION_DENIED_BY_POLICY(
            1,
            1,
            server("ledgerdb", "connection", "denied", "reason", "policy_denied")
                    .and("policy.name", "shop/ledgerdb-no-interns", "policy.action", "deny")
                    .and(from(Persona.INTERN))),
    CONNECTION_DENIED_NO_POLICY_MATCHED(
            1,
            1,
            server("ledgerdb", "connection", "denied", "reason", "no_policy_matched")
                    .and("policy.action", "default_deny")
                    .and(from(Persona.REPORTS))),
    APPLICATION_REFUSED(
            2,
            2,
            server("web", "request", "allowed", "http.path", "/vault", "reason", "application_refused")
                    .and("http.status", "403", "policy.name", "shop/web-from-edge")),
    UPSTREAM_UNREACHABLE(
            2,
            2,
            server("payments", "request", "failed", "http.path", "/payments/refunds", "reason", "upstream_unreachable")
                    .and("http.status", "503")),
    UPSTREAM_TIMEOUT(
            1,
            2,
            server("payments", "request", "failed", "http.path", "/payments/slow", "reason", "upstream_timeout")
                    .and("http.status", "504")),
    UPSTREAM_TLS_FAILED(
            1,
            2,
            client("web", "request", "failed", "http.path", "/legacy/stock", "reason", "upstream_tls_failed")
                    .and("http.status", "503"));

    private final double perSecond;
    private final int entries;
    // A record over an unmodifiable map that keeps its order.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Expected expected;

    Case(double perSecond, int entries, Expected expected) {
        this.perSecond = perSecond;
        this.entries = entries;
        this.expected = expected;
    }

    /// Calls a second when the demo makes 200 in all. The `REPORT_DENIED_…` cases have no calls of their own:
    /// the calls
    /// of
    /// `REPORT_ALLOWED` become them while a policy says so.
    public double perSecond() {
        return perSecond;
    }

    /// How many access log entries one call gives, over all proxies on its way.
    public int entries() {
        return entries;
    }

    /// What the primary event says.
    public Expected expected() {
        return expected;
    }

    /// The name on the command line and in the tally: `report-allowed`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The case of that label.
    public static Optional<Case> ofLabel(String label) {
        for (Case each : values()) {
            if (each.label().equals(label)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static Expected edge(String kind, String outcome, String... fields) {
        return Expected.of(kind, outcome, with(fields, "observer.side", "gateway"))
                .and("cluster", "east");
    }

    private static Expected server(String workload, String kind, String outcome, String... fields) {
        return Expected.of(kind, outcome, with(fields, "observer.side", "server", "destination.workload", workload));
    }

    private static String[] with(String[] fields, String... more) {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    private static Expected client(String workload, String kind, String outcome, String... fields) {
        return Expected.of(kind, outcome, fields).and("observer.side", "client", "source.workload", workload);
    }

    private static String[] from(Persona persona) {
        return new String[] {"source.identity", persona.spiffeId(), "source.verified", "mtls"};
    }

    private static final class Names {
        static final String ISSUER = "https://id.corp.example";
    }
}
