package io.meshtrail.segment;

import io.meshtrail.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A value that is looked for exactly, as sidecars know it.
///
/// @param hash of the field and the value
public record Needle(long hash) {
    /// The fields whose values are in sidecars. The list belongs to the version of the format.
    public static final List<Field> FIELDS = List.of(
            Field.CONNECTION_ID,
            Field.DESTINATION_ADDRESS,
            Field.DESTINATION_IDENTITY,
            Field.REQUEST_ID,
            Field.SOURCE_ADDRESS,
            Field.SOURCE_IDENTITY,
            Field.SOURCE_PEER_ADDRESS,
            Field.TRACE_ID,
            Field.USER_ID);

    private static final Map<Field, Integer> SEEDS = Columns.all().stream()
            .filter(column -> column.field().filter(FIELDS::contains).isPresent())
            .collect(Collectors.toUnmodifiableMap(Columns.Column::of, Columns.Column::fieldId));

    private static final Map<String, Integer> SEEDS_BY_KEY =
            FIELDS.stream().collect(Collectors.toUnmodifiableMap(Field::key, Needle::seed));

    /// The needle of a value of one of [#FIELDS].
    ///
    /// @throws IllegalArgumentException for another field
    public static Needle of(Field field, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return new Needle(NeedleHash.of(text, 0, text.length, seed(field)));
    }

    /// The seed of a field's hashes: the Parquet field id of its column, so that one text in two fields is
    /// two needles.
    static int seed(Field field) {
        Integer seed = SEEDS.get(field);
        if (seed == null) {
            throw new IllegalArgumentException(field.key() + " is not in sidecars");
        }
        return seed;
    }

    /// The seeds by the fields' names.
    static Map<String, Integer> seedsByKey() {
        return SEEDS_BY_KEY;
    }

    /// The places of the columns of [#FIELDS] among all columns, and their seeds.
    static List<Place> places() {
        List<String> names = Columns.all().stream().map(Columns.Column::name).toList();
        Function<Field, Place> place = field -> new Place(names.indexOf(field.column()), seed(field));
        return FIELDS.stream().map(place).toList();
    }

    record Place(int column, int seed) {}
}
