package io.meshtrail.reconcile;

import io.meshtrail.counter.Counted;
import io.meshtrail.counter.Reading;
import io.meshtrail.event.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/// All that is known of one proxy: its counters, its streams, and the accounts between them.
final class Proxy {
    private static final double NANOS = 1e9;

    /// A clock that is read anew gives an uptime that is a little less than it was.
    private static final double UPTIME_JITTER = 2;

    private final String name;
    final StreamArrivals als = new StreamArrivals();
    private final Map<Counted, PlainArrivals> plain = new EnumMap<>(Counted.class);
    private final Map<Counted, Account> accounts = new EnumMap<>(Counted.class);
    private final Map<Counted, Totals> totals = new EnumMap<>(Counted.class);
    private OptionalDouble uptime = OptionalDouble.empty();
    private OptionalDouble start = OptionalDouble.empty();
    private final Map<Counted, Long> droppedTold = new EnumMap<>(Counted.class);
    private boolean bornWithUs;
    private boolean restartedOnce;
    private long told;
    private long dropped;

    Proxy(String name, long patience) {
        this.name = name;
        for (Counted what : List.of(Counted.OTEL_WRITTEN, Counted.DENIED, Counted.HANDSHAKE_FAILED)) {
            plain.put(what, new PlainArrivals());
        }
        accounts.put(
                Counted.ALS_WRITTEN, new Account(name, words(Counted.ALS_WRITTEN), als, patience, Optional.empty()));
        plain.forEach((what, arrivals) -> accounts.put(
                what,
                new Account(
                        name,
                        words(what),
                        arrivals,
                        patience,
                        what == Counted.OTEL_WRITTEN ? Optional.empty() : Optional.of(() -> told))));
    }

    private static String words(Counted what) {
        return switch (what) {
            case ALS_WRITTEN, ALS_DROPPED -> "entries of the gRPC access log";
            case OTEL_WRITTEN, OTEL_DROPPED -> "entries of the OpenTelemetry access log";
            case DENIED -> "denials";
            case HANDSHAKE_FAILED -> "failed handshakes";
            default -> what.name();
        };
    }

    /// Takes the readings of one report.
    ///
    /// @param since when we began to listen
    List<Gap> read(List<Reading> report, long since, long now) {
        boolean restarted = report.stream().anyMatch(this::tellsRestart);
        if (restarted) {
            totals.values().forEach(Totals::restart);
            accounts.values().forEach(account -> account.restarted(now));
            droppedTold.clear();
            restartedOnce = true;
        }
        for (Reading reading : report) {
            if (reading.what() == Counted.UPTIME) {
                uptime = OptionalDouble.of(reading.value());
                bornWithUs = now - reading.value() * NANOS > since;
            } else if (reading.what() == Counted.START) {
                start = OptionalDouble.of(reading.value());
                bornWithUs = reading.value() * NANOS > since;
            }
        }
        if (bornWithUs || restartedOnce) {
            accounts.values().forEach(Account::beginsAtZero);
        }
        for (Reading reading : report) {
            totals(reading.what()).take(reading);
        }
        accounts.forEach((what, account) -> {
            if (report.stream().anyMatch(reading -> reading.what() == what)) {
                account.counted(totals(what).sum(), now);
            }
        });
        List<Gap> gaps = new ArrayList<>();
        for (Counted what : List.of(Counted.ALS_DROPPED, Counted.OTEL_DROPPED)) {
            if (report.stream().anyMatch(reading -> reading.what() == what)) {
                dropped(what, now).ifPresent(gaps::add);
            }
        }
        return gaps;
    }

    private boolean tellsRestart(Reading reading) {
        return switch (reading.what()) {
            case UPTIME -> uptime.isPresent() && reading.value() < uptime.getAsDouble() - UPTIME_JITTER;
            case START -> start.isPresent() && reading.value() > start.getAsDouble() + UPTIME_JITTER;
            default ->
                totals.containsKey(reading.what()) && totals.get(reading.what()).falls(reading);
        };
    }

    /// A proxy that drops says so itself; only what it dropped before we listened is none of ours.
    private Optional<Gap> dropped(Counted what, long now) {
        long total = totals(what).sum();
        Long before = droppedTold.put(what, total);
        long lost = before == null ? (bornWithUs || restartedOnce ? total : 0) : total - before;
        if (lost <= 0 || !isHeard()) {
            return Optional.empty();
        }
        told += lost;
        dropped += lost;
        Counted written = what == Counted.ALS_DROPPED ? Counted.ALS_WRITTEN : Counted.OTEL_WRITTEN;
        boolean other = Objects.requireNonNull(accounts.get(written)).isForeign();
        long counted = totals(written).sum();
        long arrived =
                written == Counted.ALS_WRITTEN ? als.present() : plain(written).present();
        return Optional.of(new Gap(
                name,
                words(what),
                other ? Reason.UNATTRIBUTABLE : Reason.DROPPED_BY_PROXY,
                lost,
                counted,
                arrived,
                now));
    }

    private Totals totals(Counted what) {
        return totals.computeIfAbsent(what, counted -> new Totals());
    }

    /// What arrived of a kind whose connections are not known: entries of OpenTelemetry access loggers,
    /// denials, failed handshakes.
    PlainArrivals plain(Counted what) {
        return Objects.requireNonNull(plain.get(what));
    }

    List<Gap> settle(long now) {
        List<Gap> gaps = new ArrayList<>();
        accounts.forEach((what, account) -> {
            List<Gap> found = account.settle(now);
            if (what == Counted.ALS_WRITTEN || what == Counted.OTEL_WRITTEN) {
                told += found.stream().mapToLong(Gap::lost).sum();
            }
            gaps.addAll(found);
        });
        return isHeard() ? gaps : List.of();
    }

    /// Whether anything of it ever arrived. Who sends counters and no log logs elsewhere, or has another
    /// name there.
    private boolean isHeard() {
        return als.isHeard() || plain.values().stream().anyMatch(PlainArrivals::isHeard);
    }

    /// Whether nothing of it is open or under way.
    boolean idle() {
        return als.idle();
    }

    long droppedCount() {
        return dropped;
    }
}
