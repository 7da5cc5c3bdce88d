package io.meshtrail.simulation;

import io.meshtrail.engine.EngineException;
import io.meshtrail.host.Station;
import io.meshtrail.journal.SyncException;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.StaleDataException;
import io.meshtrail.ledger.fsck.FsckReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// One world, made from one seed: a server, its senders, its disk, and what happens to them, step by step.
final class World {
    /// The last things that happened, for whoever has to find out why.
    private static final int REMEMBERED = 40;

    private static final int STARTS = 12;

    /// Kept free by the server for its last words.
    private static final long RESERVE = 64L << 20;

    private final Random random;
    private final int steps;
    private final SimulatedDisk disk;
    private final SimulatedHost host;
    private final Sender sender;
    private final Signed signed = new Signed();
    private final Promises promises;
    private final SimulatedServer.Settings settings;
    private final Deque<String> story = new ArrayDeque<>();
    private final Tally tally = new Tally();

    private Optional<SimulatedServer> server = Optional.empty();
    private Optional<Backup> backup = Optional.empty();
    private long retryAt;
    private boolean disturbed;

    private record Backup(SimulatedFolder data, TreeMap<String, Long> sizes) {}

    World(long seed, int steps) {
        this.random = new Random(seed);
        this.steps = steps;
        this.disk = new SimulatedDisk(new Random(random.nextLong()));
        this.host = new SimulatedHost(disk, random);
        this.sender = new Sender(new Random(random.nextLong()));
        this.promises = new Promises(new Random(random.nextLong()), sender, signed);
        int rows = 1 + random.nextInt(200);
        this.settings = new SimulatedServer.Settings(
                2_000 + random.nextInt(120_000),
                256 + random.nextInt(300),
                rows,
                rows + random.nextInt(600),
                Duration.ofMillis(100 + random.nextInt(2_000)));
    }

    /// The same world, but a sync of the journal does nothing.
    World overALyingDisk() {
        disk.lie();
        return this;
    }

    /// What happened last, oldest first.
    List<String> story() {
        return List.copyOf(story);
    }

    /// How much happened.
    Tally tally() {
        return tally;
    }

    private void tell(String what) {
        if (story.size() == REMEMBERED) {
            story.removeFirst();
        }
        story.addLast(what);
    }

    /// Lives through all steps, and checks.
    ///
    /// @throws Broken if a promise is not kept
    void live() throws IOException, InterruptedException {
        for (int step = 0; step < steps; step++) {
            step();
        }
        end();
    }

    private void step() throws IOException, InterruptedException {
        if (server.isEmpty()) {
            start();
            return;
        }
        try {
            act(server.orElseThrow(), random.nextInt(1_000));
        } catch (Killed killed) {
            tell(killed.getMessage());
            fall();
        } catch (SyncException unsure) {
            stopped("a sync failed", unsure);
        }
        host.failure().ifPresent(unseen -> stopped("the sequencer fails while others wait for it", unseen));
        server.ifPresent(alive -> sender.listen(host.elapsed()));
    }

    private void act(SimulatedServer alive, int dice) throws IOException, InterruptedException {
        if (dice < 220) {
            sender.send(alive.ledgers.appender(), host.now());
        } else if (dice < 400) {
            vital("sequencer", alive::sequence);
        } else if (dice < 580) {
            vital("integrator", alive::integrate);
        } else if (dice < 680) {
            alive.insert();
        } else if (dice < 760) {
            vital("publisher", alive::publish);
        } else if (dice < 800) {
            retried("root", alive.root());
        } else if (dice < 860) {
            retried("seal", alive.seals());
        } else if (dice < 950) {
            host.pass(Duration.ofMillis(1 + random.nextInt(random.nextInt(30) == 0 ? 70_000 : 600)));
        } else if (dice < 953) {
            Duration by = Duration.ofMillis(random.nextInt(400_000) - 200_000);
            tell("the clock is set by " + by);
            host.setClock(by);
        } else if (dice < 972) {
            DiskFault fault = DiskFault.values()[random.nextInt(DiskFault.values().length)];
            disturbed = true;
            disk.failLater(random.nextInt(random.nextInt(5) == 0 ? 60 : 12), fault);
        } else if (dice < 976) {
            room();
        } else if (dice < 980) {
            tell("the process is killed");
            disk.die();
            fall();
        } else if (dice < 983) {
            stop(alive);
        } else if (dice < 987) {
            backup = Optional.of(copy());
            tell("a backup is made: " + backup.orElseThrow().sizes());
        } else if (dice < 990 && backup.isPresent()) {
            tell("the process is killed and a backup restored");
            disk.die();
            fall();
            restore(backup.orElseThrow());
        } else {
            check(alive, false);
        }
    }

    private interface Act {
        boolean act() throws IOException, InterruptedException;
    }

    /// A station without which there is no server.
    private void vital(String name, Act act) throws InterruptedException {
        try {
            act.act();
        } catch (IOException refused) {
            stopped(name + " fails", refused);
        }
    }

    private void stopped(String what, IOException cause) {
        tell(what + ": " + cause.getMessage());
        if (!disturbed) {
            throw new Broken(what + " on a disk that works", cause);
        }
        disk.die();
        fall();
    }

    /// A station that may try again later.
    private void retried(String name, Station station) throws IOException, InterruptedException {
        if (host.elapsed() < retryAt) {
            return;
        }
        try {
            station.advance();
        } catch (SyncException unsure) {
            throw unsure;
        } catch (IOException | EngineException refused) {
            tell(name + " waits: " + refused.getMessage());
            if (!disturbed) {
                throw new Broken(name + " fails on a disk that works", refused);
            }
            retryAt = host.elapsed() + Duration.ofSeconds(5).toNanos();
        }
    }

    /// The disk runs full, or has room again.
    private void room() {
        disturbed = true;
        long more = random.nextInt(3) == 0 ? 1L << 40 : random.nextInt(40_000) + random.nextInt(2) * RESERVE;
        disk.capacity(disk.used() + more);
        tell("there is room for " + more + " bytes");
    }

    /// The process is gone; perhaps the machine too.
    private void fall() {
        disk.faulted().ifPresent(this::tell);
        if (random.nextInt(2) == 0) {
            tell("the power fails");
            disk.losePower();
            tally.powerFailures++;
        }
        tally.falls++;
        server = Optional.empty();
        sender.hangUp();
    }

    private void stop(SimulatedServer alive) throws InterruptedException {
        tell("the server is stopped");
        try {
            alive.stop();
            tally.stops++;
        } catch (IOException refused) {
            tell("the stop is not in order: " + refused.getMessage());
        }
        sender.listen(host.elapsed());
        disk.die();
        server = Optional.empty();
        sender.hangUp();
    }

    /// Starts the server; gives up after some tries that something disturbed.
    private void start() throws IOException, InterruptedException {
        disk.heal();
        for (int attempt = 1; server.isEmpty(); attempt++) {
            disk.revive();
            boolean last = attempt == STARTS;
            if (last) {
                disk.capacity(1L << 40);
                disk.heal();
                disturbed = false;
            } else if (random.nextInt(3) == 0) {
                disturbed = true;
                disk.failLater(random.nextInt(250), DiskFault.values()[random.nextInt(DiskFault.values().length)]);
            }
            try {
                SimulatedServer started = new SimulatedServer(host, signed, settings);
                started.announce();
                server = Optional.of(started);
                tell("the server runs");
            } catch (Killed killed) {
                tell("killed while starting: " + killed.getMessage());
                fall();
            } catch (StaleDataException stale) {
                throw new Broken("the server refuses its own data", stale);
            } catch (IOException refused) {
                boolean excused = disk.faulted().isPresent() || disk.free(SimulatedServer.DATA) < 2 * RESERVE;
                if (last || !excused) {
                    throw new Broken("the server does not start", refused);
                }
                tell("the server does not start: " + refused.getMessage());
                disk.die();
                fall();
            }
        }
        tally.starts++;
        promises(server.orElseThrow(), false, true);
    }

    private Backup copy() throws IOException {
        TreeMap<String, Long> sizes = new TreeMap<>();
        for (LedgerReader ledger : server.orElseThrow().ledgers.all()) {
            sizes.put(ledger.name(), disk.quietly(() -> SimulatedServer.size(disk, ledger.name())));
        }
        return new Backup(disk.backup(SimulatedServer.DATA), sizes);
    }

    /// An old copy of the data takes the place of the data. If more was signed since, the server must refuse it.
    private void restore(Backup old) throws IOException {
        boolean stale = false;
        for (String ledger : old.sizes().keySet()) {
            stale |= signed.largest(ledger) > old.sizes().get(ledger)
                    && remembers(ledger, old.sizes().get(ledger));
        }
        if (!stale) {
            return;
        }
        SimulatedFolder present = disk.backup(SimulatedServer.DATA);
        disk.restore(SimulatedServer.DATA, old.data());
        disk.revive();
        disk.heal();
        disk.capacity(1L << 40);
        try {
            new SimulatedServer(host, new Signed(), settings);
            throw new Broken("a backup of " + old.sizes() + " is served, although more was signed");
        } catch (StaleDataException refused) {
            tally.refusals++;
        } catch (IOException other) {
            throw new Broken("a backup is refused for another reason", other);
        } finally {
            disk.restore(SimulatedServer.DATA, present);
        }
    }

    /// Whether the state folder has a checkpoint beyond a size: what was signed right before a crash it may not have.
    private boolean remembers(String ledger, long size) throws IOException {
        Path file = SimulatedServer.STATE.resolve(ledger + ".checkpoint");
        return disk.exists(file) && Promises.size(disk.read(file)) > size;
    }

    private void check(SimulatedServer alive, boolean settled) throws IOException {
        tally.checks++;
        promises(alive, settled, settled);
    }

    private void promises(SimulatedServer alive, boolean settled, boolean all) throws IOException {
        disk.quietly(() -> {
            promises.check(alive, settled);
            return settled;
        });
        if (all && settled) {
            Promises.sound(alive.fsck());
        }
    }

    /// All is well again: everything must be there, and sound, also after an orderly stop; and decay is found.
    private void end() throws IOException, InterruptedException {
        disk.heal();
        disk.capacity(1L << 40);
        disturbed = false;
        if (server.isEmpty()) {
            start();
            disk.heal();
            disturbed = false;
        }
        SimulatedServer alive = server.orElseThrow();
        tell("the end");
        host.pass(Duration.ofSeconds(10));
        try {
            settle(alive);
            sender.listen(host.elapsed());
            check(alive, true);
            alive.stop();
        } catch (IOException refused) {
            throw new Broken("the server does not end in order", refused);
        }
        Promises.sound(SimulatedServer.fsck(disk));
        tally.entries +=
                alive.ledgers.all().stream().mapToLong(LedgerReader::size).sum();
        tally.segments += alive.manifest.current().segments().size();
        tally.acknowledged += sender.acknowledged().size();
        tally.checkpoints += alive.ledgers.all().stream()
                .mapToLong(ledger -> signed.of(ledger.name()).size())
                .sum();
        rot();
    }

    private void settle(SimulatedServer alive) throws IOException, InterruptedException {
        for (int round = 0; round < 400; round++) {
            boolean more = alive.sequence();
            more |= alive.integrate();
            while (alive.insert()) {
                more = true;
            }
            alive.publish();
            alive.root().advance();
            more |= alive.seals().advance();
            host.pass(Duration.ofSeconds(1));
            if (!more && round > 80) {
                // what root has written last, without another beat
                while (alive.insert()) {
                    host.pass(Duration.ofSeconds(1));
                }
                alive.publish();
                return;
            }
        }
        throw new Broken("the stations do not come to rest");
    }

    /// One bit of one file goes bad, and the check of the operator names it.
    private void rot() throws IOException {
        List<Path> files = disk.files(SimulatedServer.DATA).stream()
                .filter(file -> !file.toString().endsWith(".tmp"))
                .toList();
        for (int flips = 0; flips < 2; flips++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] whole = disk.read(file);
            if (whole.length == 0) {
                continue;
            }
            byte[] bad = whole.clone();
            int bit = random.nextInt(whole.length * 8);
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            disk.overwrite(file, bad);
            FsckReport report = SimulatedServer.fsck(disk);
            if (report.isSound()) {
                throw new Broken("bit " + bit % 8 + " of byte " + bit / 8 + " of " + file + " is flipped, unnoticed");
            }
            disk.overwrite(file, whole);
            tally.flips++;
        }
    }
}
