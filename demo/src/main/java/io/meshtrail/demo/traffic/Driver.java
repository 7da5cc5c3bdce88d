package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Makes the calls of all chosen cases at their rates, until stopped.
public final class Driver {
    /// Calls a second that one lane makes at most.
    private static final double LANE = 12;

    /// The sum of all cases' own rates: what "rate" is relative to.
    private static final double NOMINAL = 200;

    private final Tally tally;
    private final List<Thread> lanes = new ArrayList<>();
    private volatile boolean stopping;

    public Driver(Tally tally) {
        this.tally = tally;
    }

    /// Starts driving.
    ///
    /// @param rate calls a second in all, when every case is chosen
    public void start(Calls calls, Set<Case> cases, double rate) {
        for (Case which : cases) {
            double perSecond = which.perSecond() * rate / NOMINAL;
            int count = (int) Math.ceil(perSecond / LANE);
            for (int i = 0; i < count; i++) {
                Optional<Call> call = calls.of(which);
                if (call.isPresent()) {
                    Duration pause = Duration.ofNanos((long) (1e9 * count / perSecond));
                    // Spread out, so that the slow cases do not all fall on the same moment.
                    long offset = pause.toNanos() * (lanes.size() * 7L) % pause.toNanos();
                    lanes.add(Thread.ofVirtual()
                            .name(which.label() + "-" + i)
                            .start(() -> drive(which, call.get(), pause.toNanos(), offset)));
                }
            }
        }
    }

    private void drive(Case which, Call call, long pause, long offset) {
        long next = System.nanoTime() + offset;
        try (call) {
            while (!stopping) {
                LockSupport.parkNanos(next - System.nanoTime());
                if (System.nanoTime() < next) {
                    continue;
                }
                if (!stopping) {
                    once(which, call);
                }
                // A late lane catches up a little, but never floods.
                next = Math.max(next + pause, System.nanoTime() - 10 * pause);
            }
        } catch (IOException e) {
            System.err.println(which.label() + ": " + e);
        }
    }

    private void once(Case which, Call call) {
        try {
            tally.made(call.make());
        } catch (IOException e) {
            tally.unexpected(which, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A bug of the demo must not quietly end a case.
            tally.unexpected(which, e.toString());
        }
    }

    /// Lets the calls under way finish, and returns when all have.
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread lane : lanes) {
            LockSupport.unpark(lane);
        }
        for (Thread lane : lanes) {
            lane.join(Duration.ofMillis(Wire.TIMEOUT_MILLIS));
        }
    }
}
