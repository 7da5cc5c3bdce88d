package io.meshtrail.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.slf4j.LoggerFactory;

/// `bin/simulate`: worlds from seeds, until one breaks a promise.
public final class Simulate {
    /// Steps of a world.
    static final int STEPS = 500;

    private Simulate() {}

    /// `--seeds N` makes so many worlds from seeds of its own, `--from S` from the seeds S, S+1, …; `--seed S` makes
    /// one.
    public static void main(String[] arguments) throws InterruptedException {
        long count = option(arguments, "--seeds").orElse(1_000L);
        Optional<Long> one = option(arguments, "--seed");
        long first = one.or(() -> option(arguments, "--from")).orElseGet(() -> (long) new Random().nextInt(1 << 30));
        System.exit(run(first, one.isPresent() ? 1 : count, System.out) ? 0 : 1);
    }

    private static Optional<Long> option(String[] arguments, String name) {
        int at = List.of(arguments).indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(Long.parseLong(arguments[at + 1]));
    }

    private static boolean run(long first, long count, PrintStream out) throws InterruptedException {
        Tally tally = new Tally();
        long failed = 0;
        for (long seed = first; seed < first + count; seed++) {
            try {
                tally.add(live(seed));
            } catch (AssertionError broken) {
                failed++;
                out.println(broken.getMessage());
                if (count == 1) {
                    broken.printStackTrace(out);
                }
            }
            if ((seed - first + 1) % 500 == 0) {
                out.println((seed - first + 1) + " of " + count + ", " + failed + " broken");
            }
        }
        out.println(tally + (failed == 0 ? "; all promises kept" : "; " + failed + " seeds broke a promise"));
        return failed == 0;
    }

    /// Lives through the world of a seed.
    ///
    /// @throws AssertionError naming the seed and what happened
    static Tally live(long seed) throws InterruptedException {
        return live(seed, new World(seed, STEPS));
    }

    static Tally live(long seed, World world) throws InterruptedException {
        Logger log = (Logger) LoggerFactory.getLogger("io.meshtrail");
        Level before = log.getLevel();
        // A disk that fails all the time is said nothing about here.
        log.setLevel(Level.OFF);
        try {
            world.live();
            return world.tally();
        } catch (Exception | Error broken) {
            throw new AssertionError(
                    "bin/simulate --seed " + seed + " breaks a promise: " + broken.getMessage() + "\n  "
                            + String.join("\n  ", world.story()),
                    broken);
        } finally {
            log.setLevel(before);
        }
    }
}
