package io.meshtrail.cli;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.Monitor;
import io.meshtrail.proof.RemoteLedger;
import io.meshtrail.proof.SignedNote;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One look at every ledger of a server, again and again. After an alarm the last good checkpoint stays
/// the one that is believed, so that the alarm comes back until somebody has looked into it.
final class MonitorRound {
    /// `root` gets an entry for every ledger each minute, also when nothing happens.
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI url;
    private final HttpClient client;
    private final CheckpointCheck trust;
    private final Memory memory;
    private final Clock clock;
    private final PrintWriter out;
    private final PrintWriter err;

    MonitorRound(
            URI url,
            HttpClient client,
            CheckpointCheck trust,
            Memory memory,
            Clock clock,
            PrintWriter out,
            PrintWriter err) {
        this.url = url;
        this.client = client;
        this.trust = trust;
        this.memory = memory;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// @return whether all is well
    boolean look() throws IOException, InterruptedException {
        Set<String> seen = new HashSet<>();
        boolean well = true;
        List<URI> ledgers = ServedLedgers.at(url);
        for (URI ledger : ledgers) {
            well &= look(ledger, seen);
        }
        if (ServedLedgers.isOne(url)) {
            // The memory may hold other ledgers, which nobody asked for this time.
            return well;
        }
        for (String origin : memory.origins()) {
            if (!seen.contains(origin) && well) {
                alarm(origin, Monitor.Kind.ROLLBACK, "the ledger is remembered and no longer served", Optional.empty());
                well = false;
            }
        }
        return well;
    }

    private boolean look(URI prefix, Set<String> seen) throws IOException, InterruptedException {
        RemoteLedger ledger = new RemoteLedger(prefix, client);
        Instant[] newest = {Instant.EPOCH};
        Monitor.Sighting sighting =
                new Monitor(ledger, trust).look(this::remembered, (leafIndex, entry) -> newest[0] = received(entry));
        return switch (sighting) {
            case Monitor.Sighting.Unreachable unreachable -> {
                alarm(prefix.toString(), Monitor.Kind.SILENCE, unreachable.words(), Optional.empty());
                yield false;
            }
            case Monitor.Sighting.Alarm alarm -> {
                alarm(prefix.toString(), alarm.kind(), alarm.words(), alarm.seen());
                yield false;
            }
            case Monitor.Sighting.Grown grown -> {
                seen.add(grown.checkpoint().origin());
                memory.believe(grown.checkpoint(), grown.note());
                print(grown);
                yield !isRoot(grown.checkpoint()) || isAlive(prefix, grown, newest[0]);
            }
        };
    }

    private Optional<Checkpoint> remembered(String origin) {
        return memory.note(origin).map(note -> {
            try {
                return Checkpoint.parse(note.text());
            } catch (MalformedException impossible) {
                throw new IllegalStateException("only checkpoints are remembered", impossible);
            }
        });
    }

    private static boolean isRoot(Checkpoint checkpoint) {
        return checkpoint.origin().endsWith("/root");
    }

    private boolean isAlive(URI prefix, Monitor.Sighting.Grown grown, Instant newest) {
        Duration age = Duration.between(newest, clock.instant());
        if (age.compareTo(SILENCE) <= 0) {
            return true;
        }
        alarm(
                prefix.toString(),
                Monitor.Kind.SILENCE,
                "the last entry of root was received at " + newest + ", " + age.toSeconds()
                        + " s ago; it gets one every minute",
                Optional.of(grown.note()));
        return false;
    }

    private static Instant received(byte[] entry) {
        try {
            return Instant.parse(JSON.readTree(entry).path("received").asString(""));
        } catch (JacksonException | DateTimeException noTime) {
            return Instant.EPOCH;
        }
    }

    private void print(Monitor.Sighting.Grown grown) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", clock.instant().toString());
        line.put("ledger", grown.checkpoint().origin());
        line.put("size", grown.checkpoint().treeSize());
        line.put("root", grown.checkpoint().root().base64());
        line.put("new", grown.checkpoint().treeSize() - grown.first());
        out.println(line);
        out.flush();
    }

    private void alarm(String ledger, Monitor.Kind kind, String words, Optional<SignedNote> seen) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", clock.instant().toString());
        line.put("ledger", ledger);
        line.put("alarm", kind.name());
        line.put("words", words);
        seen.ifPresent(note -> line.put("seen", note.print()));
        out.println(line);
        out.flush();
        err.println(Output.plain("ALARM " + kind + ", " + ledger + ": " + words));
        err.flush();
    }
}
