package io.meshtrail.query.embedded;

import io.meshtrail.engine.Engine;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.index.Index;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.query.Hit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// An index over plain tables, one a source, with the columns that [RowSource] promises.
public final class TableIndex implements Index {
    static final JsonMapper JSON = JsonMapper.shared();

    final PlainEngine engine = new PlainEngine();
    final List<Hit> all = new ArrayList<>();
    private final List<RowSource> sources = new ArrayList<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final List<String> missing = new ArrayList<>();

    /// Adds events to a ledger, as one source.
    ///
    /// @param known whether the source knows its times
    public void add(String ledger, List<AuditEvent> events, boolean known) {
        String table = "t" + sources.size();
        engine.execute("CREATE TABLE " + table + " (" + columns() + ")", List.of());
        long from = sizes.getOrDefault(ledger, 0L);
        long next = from;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (AuditEvent event : events) {
            insert(table, next, event);
            all.add(new Hit(new Address(ledger, next), event));
            OptionalLong time = event.number(Field.TIME);
            long when = time.isPresent()
                    ? time.getAsLong()
                    : event.number(Field.RECEIVED).orElseThrow();
            first = Math.min(first, when);
            last = Math.max(last, when);
            next++;
        }
        sizes.put(ledger, next);
        sources.add(new RowSource(
                ledger, from, next, table, known ? first : Long.MIN_VALUE, known ? last : Long.MAX_VALUE));
    }

    /// Adds a source that cannot be read.
    void addBroken(String ledger) {
        long from = sizes.getOrDefault(ledger, 0L);
        sizes.put(ledger, from + 10);
        sources.add(new RowSource(ledger, from, from + 10, "no_such_table", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    void miss(String what) {
        missing.add(what);
    }

    @Override
    public Snapshot snapshot() {
        List<RowSource> now = List.copyOf(sources);
        Map<String, Long> asOf = Map.copyOf(sizes);
        return new Snapshot() {
            @Override
            public List<RowSource> sources() {
                return now;
            }

            @Override
            public Map<String, Long> asOf() {
                return asOf;
            }

            @Override
            public List<String> missing() {
                return missing;
            }

            @Override
            public Engine engine() {
                return engine;
            }

            @Override
            public void close() {}
        };
    }

    private static String columns() {
        StringBuilder columns = new StringBuilder("\"leafIndex\" BIGINT, \"attributes\" VARCHAR,"
                + " \"time\" TIMESTAMP WITH TIME ZONE, \"received\" TIMESTAMP WITH TIME ZONE");
        for (Field field : Field.values()) {
            boolean number = field.type() == Field.Type.INTEGER || field.type() == Field.Type.TIME;
            columns.append(", ").append(Column.of(field)).append(number ? " BIGINT" : " VARCHAR");
        }
        return columns.toString();
    }

    private void insert(String table, long leafIndex, AuditEvent event) {
        List<Object> values = new ArrayList<>();
        List<String> names = new ArrayList<>();
        names.add("\"leafIndex\"");
        values.add(leafIndex);
        if (!event.attributes().isEmpty()) {
            names.add("\"attributes\"");
            values.add(JSON.writeValueAsString(event.attributes()));
        }
        for (Field field : Field.values()) {
            Object value = event.get(field);
            if (value != null) {
                names.add(Column.of(field));
                values.add(value instanceof List<?> list ? JSON.writeValueAsString(list) : value);
            }
        }
        String marks = Collections.nCopies(names.size(), "?").stream().collect(Collectors.joining(", "));
        engine.execute("INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES (" + marks + ")", values);
    }
}
