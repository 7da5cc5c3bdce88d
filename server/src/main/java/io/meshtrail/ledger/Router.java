package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /// This router behind other routes, which are asked first.
    public Router after(List<Route> first) {
        List<Route> all = new java.util.ArrayList<>(first);
        all.addAll(routes);
        return new Router(all, otherwise);
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

    /// The ledgers that something may be sent to.
    public Set<String> targets() {
        Set<String> targets = new TreeSet<>(Set.of(otherwise));
        routes.forEach(route -> targets.add(route.ledger()));
        return targets;
    }

    /// The routes as `root` has them on record: a line for each, ledger and query, in order.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Route route : routes) {
            text.append(route.ledger()).append(": ").append(route.words()).append('\n');
        }
        return text.append(otherwise).append(": *\n").toString();
    }

    /// @param words the same as `when`, in the query language, on one line
    /// @param when what must hold
    /// @param ledger where the event then goes
    public record Route(String words, Predicate<AuditEvent> when, String ledger) {}
}
