package io.meshtrail.index;

import java.time.Duration;

/// When a run of rows is sealed.
///
/// @param events so many published entries make a segment (`seal.events`), at least 256
/// @param age older ones make one too (`seal.age`), if there are at least 4,096
public record SealSettings(long events, Duration age) {
    public static final SealSettings DEFAULT = new SealSettings(250_000, Duration.ofMinutes(10));

    /// Segments begin and end where tiles do.
    static final int ALIGNMENT = 256;

    /// A smaller run is not sealed for its age alone.
    static final int LEAST_BY_AGE = 4_096;

    public SealSettings {
        if (events < ALIGNMENT || age.isNegative()) {
            throw new IllegalArgumentException(
                    "seal.events " + events + " (at least " + ALIGNMENT + "), seal.age " + age);
        }
    }

    /// The most entries of one segment, when many have gathered.
    long most() {
        return Math.max(ALIGNMENT, 2 * events / ALIGNMENT * ALIGNMENT);
    }
}
