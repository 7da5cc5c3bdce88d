package io.meshtrail.ledger;

import io.meshtrail.event.Pushback;
import io.meshtrail.host.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/// Says whether there is room. The journals together may hold so much; a quarter of it is kept for ledgers with a
/// reserved share, so that a flood of allowed traffic cannot crowd out denials; and some of the disk is kept so that
/// a full disk can still record its own stop.
public final class Admission {
    /// Kept free on the volume for our own last words, bytes.
    public static final long DISK_RESERVE = 64L * 1024 * 1024;

    /// What `root` leaves of that: the last words themselves must fit somewhere.
    static final long ROOT_RESERVE = DISK_RESERVE / 4;

    /// What must fit for the server to call itself ready: one entry of the largest size.
    private static final long ROOM = 65_536;

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final long CHECK_NANOS = 100_000_000L;

    private final Host host;
    private final Path folder;
    private final long journalCap;
    private final Collection<Ledger> ledgers;

    private long checkedAt;
    private long free;
    private Optional<Refusals> refusals = Optional.empty();

    /// How requests were refused so far.
    ///
    /// @param reason the last one's
    /// @param at [Host#elapsed] of the last one
    /// @param count how many since the server started
    record Refusals(String reason, long at, long count) {}

    /// @param folder on the volume whose free space counts
    /// @param journalCap the most bytes of all journals together
    Admission(Host host, Path folder, long journalCap, Collection<Ledger> ledgers) throws IOException {
        this.host = host;
        this.folder = folder;
        this.journalCap = journalCap;
        this.ledgers = ledgers;
        this.checkedAt = host.elapsed();
        this.free = host.disk().free(folder);
    }

    /// Empty if so many bytes may go into a ledger now.
    Optional<Pushback> check(Ledger ledger, long bytes) {
        return refusal(ledger, bytes).map(this::refuse);
    }

    /// A write failed although there seemed to be space.
    Pushback refused(IOException full) {
        return refuse("the disk of " + folder + " refuses: " + full.getMessage());
    }

    private synchronized Pushback refuse(String reason) {
        refusals = Optional.of(new Refusals(
                reason, host.elapsed(), refusals.map(Refusals::count).orElse(0L) + 1));
        return new Pushback(reason, RETRY);
    }

    /// How requests were refused; empty if none was.
    synchronized Optional<Refusals> refusals() {
        return refusals;
    }

    /// Why nothing more is taken at the moment, if so.
    public Optional<String> refusal() {
        for (Ledger ledger : ledgers) {
            Optional<String> refusal = refusal(ledger, ROOM);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private synchronized Optional<String> refusal(Ledger ledger, long bytes) {
        long elapsed = host.elapsed();
        if (elapsed - checkedAt > CHECK_NANOS) {
            try {
                free = host.disk().free(folder);
            } catch (IOException unknown) {
                return Optional.of("the disk of " + folder + " cannot be asked for its space: " + unknown.getMessage());
            }
            checkedAt = elapsed;
        }
        boolean root = ledger.name().equals(LedgerSettings.ROOT);
        long reserve = root ? ROOT_RESERVE : DISK_RESERVE;
        if (free - bytes < reserve) {
            return Optional.of(
                    "the disk of " + folder + " is full: " + free + " bytes are free, " + reserve + " are kept back");
        }
        long cap = ledger.settings().reserved() ? journalCap : journalCap - journalCap / 4;
        long used = 0;
        for (Ledger each : ledgers) {
            used += each.journal().bytes();
        }
        if (!root && used + bytes > cap) {
            return Optional.of("the journal is full: " + used + " of " + cap + " bytes that ledger " + ledger.name()
                    + " may fill are used");
        }
        return Optional.empty();
    }
}
