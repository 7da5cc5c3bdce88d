package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The ledgers and routes of a server that is told nothing else.
public final class DefaultLedgers {
    private static final Set<String> CONTROL_KINDS = Set.of(
            Kind.POLICY_CHANGE.code(),
            Kind.OBJECT_CHANGE.code(),
            Kind.API_CALL.code(),
            Kind.CERTIFICATE.code(),
            Kind.GAP.code(),
            Kind.AUDIT_LOG.code());
    private static final Set<String> SECURITY_OUTCOMES = Set.of(Outcome.DENIED.code(), Outcome.FAILED.code());
    private static final Set<String> SHADOW_DENIALS = Set.of("deny", "default_deny");

    private DefaultLedgers() {}

    /// `root` for the acts on ledgers, `control` for seven years, `security` for 400 days, `traffic` for
    /// 30.
    public static List<LedgerSettings> settings() {
        return List.of(
                new LedgerSettings("control", Duration.ofDays(7 * 365 + 2), true),
                root(),
                new LedgerSettings("security", Duration.ofDays(400), true),
                new LedgerSettings("traffic", Duration.ofDays(30), false));
    }

    static LedgerSettings root() {
        return new LedgerSettings(LedgerSettings.ROOT, Duration.ofDays(7 * 365 + 2), true);
    }

    public static Router router() {
        return new Router(
                List.of(
                        new Router.Route(
                                "kind:(policy_change OR object_change OR api_call OR certificate OR gap OR audit_log)",
                                DefaultLedgers::isControl,
                                "control"),
                        new Router.Route(
                                "outcome:(denied OR failed) OR audit.marked:true"
                                        + " OR shadow.action:(deny OR default_deny)",
                                DefaultLedgers::isSecurity,
                                "security")),
                "traffic");
    }

    private static boolean isControl(AuditEvent event) {
        return event.text(Field.KIND).filter(CONTROL_KINDS::contains).isPresent();
    }

    private static boolean isSecurity(AuditEvent event) {
        return event.text(Field.OUTCOME).filter(SECURITY_OUTCOMES::contains).isPresent()
                || event.text(Field.AUDIT_MARKED).filter("true"::equals).isPresent()
                || event.text(Field.SHADOW_ACTION)
                        .filter(SHADOW_DENIALS::contains)
                        .isPresent();
    }
}
