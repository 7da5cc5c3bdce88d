package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.query.Hit;
import java.util.OptionalLong;

/// The order of answers, for oracles.
final class Newest {
    private Newest() {}

    static long when(Hit hit) {
        OptionalLong time = hit.event().number(Field.TIME);
        return time.isPresent()
                ? time.getAsLong()
                : hit.event().number(Field.RECEIVED).orElseThrow();
    }

    static Key key(Hit hit) {
        return new Key(when(hit), hit.address());
    }
}
