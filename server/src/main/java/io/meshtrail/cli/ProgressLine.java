package io.meshtrail.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Tells how far long work is: on a terminal in one line that changes, elsewhere a line now and then.
final class ProgressLine {
    private final PrintWriter err;
    private final String verb;
    private final String unit;
    private final boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    private final Instant start = Instant.now();
    private Instant last = start;

    ProgressLine(PrintWriter err) {
        this(err, "checked", "entries");
    }

    /// @param verb what is done, in the past: `checked`
    /// @param unit what is counted: `entries`
    ProgressLine(PrintWriter err, String verb, String unit) {
        this.err = err;
        this.verb = verb;
        this.unit = unit;
    }

    synchronized void show(long done, long of) {
        Instant now = Instant.now();
        Duration pause = terminal ? Duration.ofMillis(200) : Duration.ofSeconds(10);
        if (Duration.between(last, now).compareTo(pause) < 0) {
            return;
        }
        last = now;
        double seconds = Duration.between(start, now).toMillis() / 1000.0;
        double rate = done / Math.max(seconds, 0.001);
        long left = (long) ((of - done) / Math.max(rate, 1));
        String line = String.format(
                "%s %,d of %,d %s, %,.0f a second, about %d s left", verb, done, of, unit, rate, Math.max(left, 0));
        err.print(terminal ? "\r" + line + "\u001b[K" : line + "\n");
        err.flush();
    }

    void end() {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
