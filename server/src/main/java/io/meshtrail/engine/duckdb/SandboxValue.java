package io.meshtrail.engine.duckdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// What the driver gives, as the few types that [io.meshtrail.engine.Sandbox.RowSink] takes.
final class SandboxValue {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private SandboxValue() {}

    static @Nullable Object of(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Byte number -> (long) number;
            case Short number -> (long) number;
            case Integer number -> (long) number;
            case Long number -> number;
            case BigInteger number -> number;
            case BigDecimal number -> number;
            case Float number -> (double) number;
            case Double number -> number;
            case OffsetDateTime time ->
                time.withOffsetSameInstant(ZoneOffset.UTC).format(INSTANT);
            case Timestamp time -> time.toLocalDateTime().toString();
            case Array list -> list((Object[]) list.getArray());
            case DuckDBStruct struct -> members(struct.getMap());
            case Struct struct -> list(struct.getAttributes());
            case Map<?, ?> map -> members(map);
            case Blob bytes -> HexFormat.of().formatHex(bytes.getBytes(1, (int) bytes.length()));
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(@Nullable Object[] elements) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(of(element));
        }
        return list;
    }

    private static Map<String, @Nullable Object> members(Map<?, ?> map) throws SQLException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            members.put(String.valueOf(entry.getKey()), of(entry.getValue()));
        }
        return members;
    }
}
