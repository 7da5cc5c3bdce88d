package io.meshtrail.query.embedded;

import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Hit;
import io.meshtrail.segment.Columns;
import io.meshtrail.segment.RowCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fetches whole events by their addresses.
final class EventRows {
    private static final String LEDGER = "ledger_of_row";

    private final Reading reading;

    EventRows(Reading reading) {
        this.reading = reading;
    }

    /// The events in the order of their addresses; those that cannot be read are left out, and the reading
    /// says so.
    List<Hit> fetch(List<Address> addresses) {
        Map<RowSource, List<Address>> bySource = new LinkedHashMap<>();
        for (Address address : addresses) {
            sourceOf(address)
                    .ifPresent(source -> bySource.computeIfAbsent(source, some -> new ArrayList<>())
                            .add(address));
        }
        Map<Address, AuditEvent> events = new HashMap<>();
        try {
            List<RowSource> sources = List.copyOf(bySource.keySet());
            events = reading.withReadable(sources, some -> ask(some, bySource));
        } catch (EngineTimeoutException late) {
            reading.missByTime(addresses.size() + " events were found and could not be fetched");
        }
        List<Hit> hits = new ArrayList<>();
        for (Address address : addresses) {
            AuditEvent event = events.get(address);
            if (event != null) {
                hits.add(new Hit(address, event));
            }
        }
        return hits;
    }

    private Optional<RowSource> sourceOf(Address address) {
        return reading.sources().stream()
                .filter(source -> source.ledger().equals(address.ledger()))
                .filter(source -> source.from() <= address.leafIndex() && address.leafIndex() < source.to())
                .findFirst();
    }

    private Map<Address, AuditEvent> ask(List<RowSource> sources, Map<RowSource, List<Address>> bySource) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        List<Sql> selects = sources.stream()
                .map(source -> select(source, bySource.getOrDefault(source, List.of())))
                .toList();
        return reading.query(new Sql().join(selects, " UNION ALL "), EventRows::read);
    }

    private static Sql select(RowSource source, List<Address> addresses) {
        long first = addresses.stream().mapToLong(Address::leafIndex).min().orElse(0);
        long last = addresses.stream().mapToLong(Address::leafIndex).max().orElse(-1);
        List<Sql> places = addresses.stream()
                .map(address -> new Sql().bind(address.leafIndex()))
                .toList();
        return new Sql()
                .add("SELECT ")
                .bind(source.ledger())
                .add(" AS " + LEDGER + ", " + Columns.names() + " FROM " + source.relation() + " WHERE "
                        + Column.LEAF_INDEX + " >= ")
                .bind(first)
                .add(" AND " + Column.LEAF_INDEX + " <= ")
                .bind(last)
                .add(" AND " + Column.LEAF_INDEX + " IN (")
                .join(places, ", ")
                .add(")");
    }

    private static Map<Address, AuditEvent> read(ResultSet rows) throws SQLException {
        Map<Address, AuditEvent> events = new HashMap<>();
        RowCodec codec = RowCodec.over(rows);
        while (rows.next()) {
            events.put(new Address(rows.getString(LEDGER), codec.leafIndex()), codec.event());
        }
        return events;
    }
}
