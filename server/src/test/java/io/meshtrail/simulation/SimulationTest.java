package io.meshtrail.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Some hundred worlds in every build; `bin/simulate` makes as many as a night is long.
class SimulationTest {
    private static final int WORLDS = 100;

    private static final int LYING_WORLDS = 10;

    /// A build says the same each time; nights and `-Dseed` look elsewhere.
    private static final long FIRST = 40_000;

    @Test
    void everyPromiseIsKeptInAHundredWorlds() throws InterruptedException {
        long first = Long.getLong("seed", FIRST);
        System.out.println("seed " + first);
        Tally tally = new Tally();
        for (long seed = first; seed < first + WORLDS; seed++) {
            tally.add(Simulate.live(seed));
        }
        System.out.println(tally);
        assertThat(tally.refusals).as("old backups refused").isPositive();
        assertThat(tally.powerFailures).as("power failures").isGreaterThan(WORLDS);
        assertThat(tally.segments).as("segments").isGreaterThan(WORLDS);
    }

    @Test
    void seedsThatBrokeAPromiseOnceKeepItNow() throws Exception {
        for (String line : regressions().lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Simulate.live(Long.parseLong(line.split(" ", 2)[0]));
            }
        }
    }

    /// Write order is worth what its syncs are worth: without those of the journal, worlds break promises.
    @Test
    void withoutSyncsOfTheJournalAPromiseIsBroken() throws InterruptedException {
        long first = Long.getLong("seed", FIRST);
        List<String> broken = new ArrayList<>();
        for (long seed = first; seed < first + LYING_WORLDS; seed++) {
            try {
                Simulate.live(seed, new World(seed, Simulate.STEPS).overALyingDisk());
            } catch (AssertionError lost) {
                broken.add(lost.getMessage().lines().findFirst().orElseThrow());
            }
        }
        assertThat(broken)
                .as("seed %d", first)
                .hasSize(LYING_WORLDS)
                .anyMatch(message -> message.contains("a power failure now would leave"));
    }

    @Test
    void theSameSeedMakesTheSameWorld() throws InterruptedException {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Simulate.live(seed)).hasToString(Simulate.live(seed).toString());
        }
    }

    private static String regressions() throws IOException {
        try (java.io.InputStream in = SimulationTest.class.getResourceAsStream("regressions.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
