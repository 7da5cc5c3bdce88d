package io.meshtrail.attack;

import java.util.Random;

/// Where the attacks of this run strike: one seed, said once, `-Dseed=…` repeats it.
public final class Seed {
    public static final long VALUE = Long.getLong("seed", System.nanoTime());

    static {
        System.out.println("attacks: repeat with -Dseed=" + VALUE);
    }

    private Seed() {}

    public static Random random() {
        return new Random(VALUE);
    }
}
