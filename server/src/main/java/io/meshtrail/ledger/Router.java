package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import java.util.List;
import java.util.function.Predicate;

/// Decides by ordered predicates into which ledger an event goes: the first that holds wins.
public final class Router {
    private final List<Route> routes;
    private final String otherwise;

    /// @param routes in order
    /// @param otherwise the ledger of what no route takes
    public Router(List<Route> routes, String otherwise) {
        this.routes = List.copyOf(routes);
        this.otherwise = otherwise;
    }

    /// The name of the ledger.
    public String ledgerOf(AuditEvent event) {
        for (Route route : routes) {
            if (route.when().test(event)) {
                return route.ledger();
            }
        }
        return otherwise;
    }

    /// @param when what must hold
    /// @param ledger where the event then goes
    public record Route(Predicate<AuditEvent> when, String ledger) {}
}
