package io.meshtrail.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Worlds of proxies with known losses, restarts, second sinks, slow streams and late reports: what is
/// told as lost is exactly what was.
final class ReconcilerSimulationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TICK = SECOND / 10;
    private static final long START = 1_795_000_000L * SECOND;
    private static final int ROUNDS = 12;

    private static final class World {
        final Random random;
        final Reconciler reconciler = new Reconciler(Duration.ofSeconds(2), START);
        final List<Gap> gaps = new ArrayList<>();
        long now = START + SECOND;

        World(long seed) {
            random = new Random(seed);
        }

        SimulatedProxy proxy(String name, int sinks, boolean young) {
            long born = young ? now : now - 86_400 * SECOND;
            return new SimulatedProxy(name, reconciler, random, sinks, born, young ? 0 : random.nextInt(100_000), now);
        }

        void run(SimulatedProxy proxy, int seconds, boolean traffic, Runnable fault) {
            long end = now + seconds * SECOND;
            long at = now + (long) (random.nextDouble() * seconds * 0.8 * SECOND);
            boolean done = false;
            while (now < end) {
                now += TICK;
                if (!done && now >= at) {
                    fault.run();
                    done = true;
                }
                proxy.step(now, traffic);
                gaps.addAll(reconciler.settle(now));
            }
        }

        long told(Reason reason) {
            return gaps.stream()
                    .filter(gap -> gap.reason() == reason)
                    .mapToLong(Gap::lost)
                    .sum();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void knownLossesAreToldExactly(long seed) {
        World world = new World(seed);
        boolean young = seed % 2 == 0;
        SimulatedProxy proxy = world.proxy("sidecar~10.0.0.1~web-1.shop~shop.svc", 1, young);
        world.run(proxy, 15, true, () -> {});
        world.run(proxy, 20, false, () -> {});
        for (int round = 0; round < ROUNDS; round++) {
            int fault = world.random.nextInt(4);
            world.run(proxy, 20, true, () -> {
                switch (fault) {
                    case 0 -> proxy.drop(1 + world.random.nextInt(50));
                    case 1 -> proxy.breakStream(world.now);
                    default -> {}
                }
            });
            world.run(proxy, 20, false, () -> {});
            if (fault == 2) {
                proxy.write(world.random.nextInt(30));
                proxy.restart(world.now);
                world.run(proxy, 20, false, () -> {});
            }
        }
        String told = "seed " + seed + ": " + world.gaps;
        assertThat(world.told(Reason.DROPPED_BY_PROXY)).as(told).isEqualTo(proxy.lostToDrops);
        assertThat(world.told(Reason.UNKNOWN_TAIL)).as(told).isEqualTo(proxy.lostToBreaks);
        assertThat(world.told(Reason.RESTART)).as(told).isEqualTo(proxy.lostToRestarts);
        assertThat(world.told(Reason.UNATTRIBUTABLE)).as(told).isZero();
        assertThat(world.gaps).extracting(Gap::proxy).allMatch(name -> name.equals("web-1.shop"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void withoutALossNothingIsToldWhateverElseHappens(long seed) {
        World world = new World(seed);
        SimulatedProxy proxy = world.proxy("edge", 1 + (int) (seed % 3), seed % 2 == 0);
        for (int round = 0; round < ROUNDS; round++) {
            world.run(proxy, 5 + world.random.nextInt(40), true, () -> {});
            // A break and a restart while nothing is under way lose nothing.
            world.run(proxy, 20, false, () -> {});
            if (world.random.nextBoolean()) {
                proxy.breakStream(world.now);
            }
            if (world.random.nextInt(3) == 0) {
                proxy.restart(world.now);
            }
        }
        assertThat(proxy.lostToBreaks + proxy.lostToRestarts).isZero();
        assertThat(world.gaps).as("seed " + seed).isEmpty();
    }

    /// In the midst of traffic not every loss can be told from what is under way; but none is told that
    /// was not.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void neverIsMoreToldThanWasLost(long seed) {
        World world = new World(seed);
        SimulatedProxy proxy = world.proxy("busy", 1, seed % 2 == 0);
        world.run(proxy, 30, true, () -> {});
        for (int round = 0; round < ROUNDS; round++) {
            boolean restart = world.random.nextBoolean();
            world.run(proxy, 15, true, () -> {
                if (restart) {
                    proxy.restart(world.now);
                } else {
                    proxy.breakStream(world.now);
                }
            });
        }
        world.run(proxy, 30, false, () -> {});
        long told = world.gaps.stream().mapToLong(Gap::lost).sum();
        assertThat(told)
                .as("seed " + seed + ": " + world.gaps)
                .isLessThanOrEqualTo(proxy.lostToBreaks + proxy.lostToRestarts);
    }

    /// What a stream lost is not to be told from what went to the other sink; what the proxy dropped is,
    /// but not from which of the two.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void withASecondSinkOnlyDropsAreTold(long seed) {
        World world = new World(seed);
        SimulatedProxy proxy = world.proxy("two", 2, true);
        world.run(proxy, 20, true, () -> {});
        world.run(proxy, 20, false, () -> {});
        world.run(proxy, 20, true, () -> proxy.breakStream(world.now));
        world.run(proxy, 20, true, () -> proxy.drop(7));
        world.run(proxy, 20, false, () -> {});
        assertThat(world.gaps)
                .as("seed " + seed)
                .extracting(Gap::reason, Gap::lost)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Reason.UNATTRIBUTABLE, 7L));
    }
}
