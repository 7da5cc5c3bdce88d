package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.anchor.AnchorRecord;
import io.meshtrail.anchor.SampleCheckpoints;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.Sidecar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/formats/root.md` and the code name the same actions with the same attributes.
class RootPageTest {
    private static final Path PAGE = Path.of("../docs/formats/root.md");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+)`");

    @TempDir
    private Path folder;

    @Test
    void thePageHasEveryActionWithItsAttributes() throws Exception {
        Map<String, Set<String>> written = new TreeMap<>();
        SigningKey key = SigningKey.generate("approver", SignatureType.ED25519, new java.security.SecureRandom());
        SignedNote note = new SignedNote("text\n", List.of(key.sign("text\n")));
        try (SteppedLedgers ledgers = new SteppedLedgers(folder, RefusingDisk.sound())) {
            ledgers.whileSequencing(() -> ledgers.set.announce("meshtrail 1.0"));
            ledgers.settle();
            ledgers.whileSequencing(() -> {
                RootRecorder root = ledgers.set.root();
                Hash hash = Hash.leaf(new byte[0]);
                Optional<Sidecar> sidecar = Optional.of(new Sidecar(4, hash));
                root.sealed(new Segment("traffic", 0, 256, hash, "file.parquet", 1, hash, 2, 3, sidecar));
                Segment whole = new Segment("traffic", 0, 512, hash, "whole.parquet", 1, hash, 2, 3, sidecar);
                root.merges(whole, List.of(new Segment("traffic", 0, 256, hash, "file.parquet", 1, hash, 2, 3)));
                root.prunes(whole, 1, Duration.ofDays(30));
                Hold hold = new Hold(
                        "0123456789abcdef",
                        "case",
                        "by",
                        Optional.of("traffic"),
                        1,
                        2,
                        "*",
                        Map.of("traffic", 256L),
                        0,
                        0);
                root.holds(hold);
                root.lifts(hold, note);
                root.erased("~" + "A".repeat(43), List.of("user.id"), OptionalLong.of(3), "request 17");
                root.policy("open", "quorum none\n");
                root.unwitnessed("no quorum");
                root.witnessed("after 3 s");
                root.refuse("the disk is full");
                root.resume(3);
                root.scrubbed("sound", "nothing found");
                root.retention("traffic", Duration.ofDays(30), Duration.ofDays(14));
                root.routes("traffic: *\n", "control: kind:token\ntraffic: *\n");
                AnchorRecord anchored = new AnchorRecord(
                        "tsa",
                        "rfc3161",
                        SampleCheckpoints.of(1),
                        "https://tsa.example",
                        Map.of("serial", "7"),
                        Map.of("anchors/tsa/00000000000000000001.tsr", hash),
                        0);
                root.anchored(anchored.detail(), anchored.attributes());
                ledgers.host.pass(RootRecorder.HEARTBEAT.toNanos());
                root.advance();
                ledgers.set.drain("an orderly stop");
            });
            RecoveryTest.exampleActs(ledgers)
                    .forEach(act -> written.computeIfAbsent(
                                    act.text(Field.ACTION).orElseThrow(), action -> new TreeSet<>())
                            .addAll(act.attributes().keySet()));
            LedgerReader reader = ledgers.set.named("root").orElseThrow();
            for (long i = 0; i < reader.size(); i++) {
                AuditEvent event = EventCodec.decode(reader.entry(i));
                assertThat(event.text(Field.KIND)).contains(Kind.LEDGER.code());
                written.computeIfAbsent(event.text(Field.ACTION).orElseThrow(), action -> new TreeSet<>())
                        .addAll(event.attributes().keySet());
            }
        }
        // What only the start of a server writes.
        written.put("terms", Set.of("class", "query", "retention", "mode"));
        written.put("approvers", Set.of("keys"));
        assertThat(page()).isEqualTo(written);
    }

    private static Map<String, Set<String>> page() throws Exception {
        Map<String, Set<String>> actions = new TreeMap<>();
        for (String line : Files.readString(PAGE).split("## Attributes", 2)[0].split("\n")) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && cells[1].strip().startsWith("`")) {
                Set<String> attributes = new TreeSet<>();
                Matcher names = NAME.matcher(cells[4]);
                while (names.find()) {
                    attributes.add(names.group(1));
                }
                actions.put(cells[1].replace("`", "").strip(), attributes);
            }
        }
        return actions;
    }
}
