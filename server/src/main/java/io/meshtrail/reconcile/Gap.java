package io.meshtrail.reconcile;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;

/// Entries that a proxy counted and that never arrived.
///
/// @param proxy whose
/// @param what what was counted, for people: `entries of the access log`
/// @param reason `dropped_by_proxy`, `unknown_tail`, `restart` or `unattributable`
/// @param lost how many; at most so many if the reason is `unattributable`
/// @param counted what the proxy had counted in this life
/// @param arrived what had arrived of it
/// @param time when it was found, nanoseconds since 1970
public record Gap(String proxy, String what, Reason reason, long lost, long counted, long arrived, long time) {
    /// The event that tells it.
    public AuditEvent event() {
        String most = reason == Reason.UNATTRIBUTABLE ? "at most " : "";
        return AuditEvent.builder()
                .kind(Kind.GAP)
                .outcome(Outcome.FAILED)
                .reason(reason)
                .number(Field.TIME, time)
                .text(Field.OBSERVER_NAME, proxy)
                .text(Field.PRODUCER_ID, proxy)
                .text(
                        Field.DETAIL,
                        most + lost + " " + what + " of " + proxy + ": " + reason.meaning() + " (counted " + counted
                                + ", arrived " + arrived + ")")
                .attribute("lost", Long.toString(lost))
                .attribute("counted", Long.toString(counted))
                .attribute("arrived", Long.toString(arrived))
                .attribute("counter", what)
                .build();
    }
}
