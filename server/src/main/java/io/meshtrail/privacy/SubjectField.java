package io.meshtrail.privacy;

import io.meshtrail.event.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The fields that may hold personal values. The number of each is its bit in the subject table and never
/// changes; `docs/formats/subjects.md` lists them.
public enum SubjectField {
    USER_ID(0, Field.USER_ID),
    USER_NAME(1, Field.USER_NAME),
    USER_IMPERSONATOR(2, Field.USER_IMPERSONATOR),
    USER_AGENT(3, Field.USER_AGENT),
    USER_GROUPS(4, Field.USER_GROUPS),
    SOURCE_ADDRESS(5, Field.SOURCE_ADDRESS),
    SOURCE_PEER_ADDRESS(6, Field.SOURCE_PEER_ADDRESS),
    SOURCE_IDENTITY(7, Field.SOURCE_IDENTITY),
    SOURCE_WORKLOAD(8, Field.SOURCE_WORKLOAD),
    SOURCE_SERVICE(9, Field.SOURCE_SERVICE),
    DESTINATION_ADDRESS(10, Field.DESTINATION_ADDRESS),
    DESTINATION_IDENTITY(11, Field.DESTINATION_IDENTITY),
    DESTINATION_WORKLOAD(12, Field.DESTINATION_WORKLOAD),
    DESTINATION_SERVICE(13, Field.DESTINATION_SERVICE),
    TLS_PEER_SUBJECT(14, Field.TLS_PEER_SUBJECT),
    TLS_PEER_SAN(15, Field.TLS_PEER_SAN),
    TLS_PEER_FINGERPRINT(16, Field.TLS_PEER_FINGERPRINT),
    TLS_SNI(17, Field.TLS_SNI),
    HTTP_HOST(18, Field.HTTP_HOST),
    UPSTREAM_HOST(19, Field.UPSTREAM_HOST),
    OBJECT_NAME(20, Field.OBJECT_NAME),
    USER_ISSUER(21, Field.USER_ISSUER);

    private static final Map<Field, SubjectField> BY_FIELD = new EnumMap<>(Field.class);

    static {
        for (SubjectField each : values()) {
            BY_FIELD.put(each.field, each);
        }
    }

    private final int bit;
    private final Field field;

    SubjectField(int number, Field field) {
        this.bit = 1 << number;
        this.field = field;
    }

    public Field field() {
        return field;
    }

    /// A mask with this field's bit alone.
    int bit() {
        return bit;
    }

    static Optional<SubjectField> of(Field field) {
        return Optional.ofNullable(BY_FIELD.get(field));
    }

    /// The field of this name; empty if there is none that may hold personal values.
    public static Optional<SubjectField> named(String key) {
        return Field.named(key).flatMap(SubjectField::of);
    }

    /// The names of the fields of a mask.
    static List<String> names(int mask) {
        List<String> names = new ArrayList<>();
        for (SubjectField each : values()) {
            if ((mask & each.bit) != 0) {
                names.add(each.field.key());
            }
        }
        return names;
    }

    /// The names of all.
    public static Set<String> known() {
        return new TreeSet<>(names(-1));
    }
}
