package io.meshtrail.story;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Finds the other of the two lines that Linkerd's proxy prints about one denial: the one names the server
/// and the identity, the other the connection. They share no id; what tells is who called, and that they
/// were printed together.
final class OtherLine {
    /// How far apart the proxy prints them, in nanoseconds of its uptime.
    private static final long APART = 2_000_000_000L;

    /// Lines without a time of their own stand at the time of their arrival, which may be that of another
    /// body.
    private static final long ARRIVED_APART = 60_000_000_000L;

    private static final int LOOKED_AT = 200;
    private static final String UPTIME = "uptime";

    private final QueryEngine engine;

    OtherLine(QueryEngine engine) {
        this.engine = engine;
    }

    /// `address`, `basis` and `uncertainty` of the other line.
    Optional<SequencedMap<String, Object>> of(Address address, AuditEvent event) {
        boolean denial = is(event, Field.MESH, "linkerd") && is(event, Field.OUTCOME, Outcome.DENIED.code());
        Optional<String> caller = event.text(Field.SOURCE_ADDRESS);
        if (!denial || caller.isEmpty()) {
            return Optional.empty();
        }
        List<Filter> filters = new ArrayList<>(List.of(
                Filters.is(Field.MESH, "linkerd"),
                Filters.is(Field.OUTCOME, Outcome.DENIED.code()),
                Filters.is(Field.SOURCE_ADDRESS, caller.get())));
        event.text(Field.PRODUCER_ID).ifPresent(producer -> filters.add(Filters.is(Field.PRODUCER_ID, producer)));
        long time = EventTime.of(event);
        long apart = event.attributes().containsKey(UPTIME) ? ARRIVED_APART : APART;
        List<Hit> others;
        try {
            others = engine.events(
                            new Search(new Filter.And(filters), time - apart, time + apart + 1),
                            LOOKED_AT,
                            Optional.empty())
                    .hits();
        } catch (QueryException impossible) {
            throw new IllegalStateException("a search without a cursor has nothing to refuse", impossible);
        }
        List<Hit> fitting = others.stream()
                .filter(hit -> !hit.address().equals(address) && isOther(event, hit.event()))
                .sorted(Comparator.comparing(hit -> distance(event, hit.event())))
                .toList();
        return fitting.stream().findFirst().map(hit -> link(event, hit, fitting.size()));
    }

    private static boolean isOther(AuditEvent one, AuditEvent other) {
        return isSecondLine(one) != isSecondLine(other)
                && agree(one, other, Field.SOURCE_PORT)
                && agree(one, other, Field.DESTINATION_PORT)
                && one.text(Field.OBSERVER_NAME).equals(other.text(Field.OBSERVER_NAME))
                && distance(one, other).compareTo(BigDecimal.valueOf(APART)) <= 0;
    }

    /// The line of whoever answered; the other is the policy's own.
    private static boolean isSecondLine(AuditEvent event) {
        return event.attributes().containsKey("message");
    }

    private static boolean agree(AuditEvent one, AuditEvent other, Field field) {
        return !one.has(field) || !other.has(field) || one.number(field).equals(other.number(field));
    }

    /// Nanoseconds between them: by the proxy's uptime where both lines have it.
    private static BigDecimal distance(AuditEvent one, AuditEvent other) {
        Optional<BigDecimal> mine = uptime(one);
        Optional<BigDecimal> others = uptime(other);
        return mine.isPresent() && others.isPresent()
                ? mine.get().subtract(others.get()).abs()
                : BigDecimal.valueOf(EventTime.of(one))
                        .subtract(BigDecimal.valueOf(EventTime.of(other)))
                        .abs();
    }

    private static Optional<BigDecimal> uptime(AuditEvent event) {
        String text = event.attributes().getOrDefault(UPTIME, "");
        return text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?s")
                ? Optional.of(new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(9))
                : Optional.empty();
    }

    private static SequencedMap<String, Object> link(AuditEvent event, Hit other, int fitting) {
        boolean port = event.has(Field.SOURCE_PORT) && other.event().has(Field.SOURCE_PORT);
        SequencedMap<String, Object> link = new LinkedHashMap<>();
        link.put("address", other.address().toString());
        link.put(
                "basis",
                "same caller" + (port ? ", same port" : "") + ", printed "
                        + PolicyChange.inWords(distance(event, other.event()).longValue()) + " apart");
        link.put(
                "uncertainty",
                fitting > 1
                        ? "the lines share no id, and " + (fitting - 1) + " other lines fit too"
                        : "the lines share no id");
        return link;
    }

    private static boolean is(AuditEvent event, Field field, String value) {
        return event.text(field).filter(value::equals).isPresent();
    }
}
