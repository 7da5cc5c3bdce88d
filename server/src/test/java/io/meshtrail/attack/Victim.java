package io.meshtrail.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.Workbench;
import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Outcome;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.journal.JournalRecord;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.ledger.fsck.LaxFsck;
import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.ManifestText;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import io.meshtrail.segment.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A data folder at rest, with its keys, in the hands of somebody who may write everything. 600 entries of
/// `security`, of which 512 are in two segments; what was shown of them at 300 and at the end is known.
final class Victim {
    static final String LEDGER = "security";
    static final int SEALED = 512;
    static final int ENTRIES = 600;
    private static final int TILE = 256;

    final Path data;
    final Path state;
    private final Path folder;
    private final SystemDisk disk = new SystemDisk();
    private final Map<Path, byte[]> pristine = new TreeMap<>();
    private final Map<String, List<byte[]>> entries = new HashMap<>();
    private final List<SignedNote> shown = new ArrayList<>();
    private int forged;

    Victim(Path folder) throws Exception {
        this.folder = folder;
        try (Workbench bench = new Workbench(folder, TILE)) {
            data = bench.data;
            state = folder.resolve("data.state");
            for (int from = 0; from < ENTRIES; from += ENTRIES / 2) {
                List<AuditEvent> events = new ArrayList<>();
                for (AuditEvent event : SampleEvents.requests(1, from, ENTRIES / 2)) {
                    events.add(event.toBuilder().outcome(Outcome.DENIED).build());
                }
                bench.append(events);
                bench.seal();
                shown.add(SignedNote.parse(
                        bench.ledgers.named(LEDGER).orElseThrow().checkpoint().orElseThrow()));
            }
            bench.stop();
            for (LedgerReader ledger : bench.ledgers.all()) {
                List<byte[]> of = new ArrayList<>();
                for (long i = 0; i < ledger.size(); i++) {
                    of.add(ledger.entry(i));
                }
                entries.put(ledger.name(), of);
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                pristine.put(file, Files.readAllBytes(file));
            }
        }
    }

    /// What somebody does to the folder.
    interface Recipe {
        void carryOut() throws Exception;
    }

    /// Carries an attack out. It is found; each guard alone finds it; without all of them nothing does.
    ///
    /// @param file how the name of a file begins that a finding must name
    /// @param words what that finding must say
    /// @param guards names of the check's mechanisms
    void attacked(Recipe recipe, String file, String words, String... guards) throws Exception {
        restore();
        recipe.carryOut();
        assertThat(check(Remembered.NOTHING, List.of()).findings())
                .as("seed %d", Seed.VALUE)
                .anySatisfy(found -> {
                    assertThat(found.file()).startsWith(file);
                    assertThat(found.words()).contains(words);
                });
        for (String guard : guards) {
            List<String> others = new ArrayList<>(List.of(guards));
            others.remove(guard);
            assertThat(check(Remembered.NOTHING, others).isSound())
                    .as("sound although %s looks, seed %d", guard, Seed.VALUE)
                    .isFalse();
        }
        assertThat(check(Remembered.NOTHING, List.of(guards)).findings())
                .as("nobody looks, seed %d", Seed.VALUE)
                .isEmpty();
    }

    /// As it was before any attack.
    void restore() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!pristine.containsKey(file)) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<Path, byte[]> file : pristine.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    /// What somebody outside has kept: the checkpoint at 300 entries, and the last.
    Remembered remembered() {
        return new Remembered(shown.stream()
                .map(note -> new Remembered.Kept("kept outside", note))
                .toList());
    }

    List<SignedNote> shown() {
        return shown;
    }

    /// A copy of the entries of a ledger, to be changed.
    List<byte[]> entries(String ledger) {
        return new ArrayList<>(entries.get(ledger));
    }

    static AuditEvent event(byte[] entry) {
        try {
            return EventCodec.decode(entry);
        } catch (EntryFormatException damaged) {
            throw new AssertionError(damaged);
        }
    }

    static byte[] entry(byte[] of, UnaryOperator<AuditEvent> edit) {
        return EventCodec.encode(edit.apply(event(of))).bytes();
    }

    /// Writes the journal anew with right checksums, with the entries from a place on.
    void journal(String ledger, long from, List<byte[]> all) throws IOException {
        Path journal = data.resolve("journal").resolve(ledger);
        for (Path file : disk.list(journal)) {
            Files.delete(file);
        }
        try (FileJournal fresh = FileJournal.open(disk, journal, from)) {
            List<JournalRecord> records = new ArrayList<>();
            for (long i = from; i < all.size(); i++) {
                records.add(new JournalRecord(i, 0, 0, all.get((int) i)));
            }
            fresh.append(records);
            fresh.sync();
        }
    }

    /// Writes a segment's file and its sidecar anew from other entries: sound Parquet, of other rows.
    Segment segment(Segment old, List<byte[]> all) throws IOException {
        List<AuditEvent> events = new ArrayList<>();
        for (long i = old.from(); i < old.to(); i++) {
            events.add(event(all.get((int) i)));
        }
        Path workshop = Files.createDirectories(folder.resolve("forged-" + forged++));
        try (Store store = new Store(workshop)) {
            Segment segment = store.seal(old.ledger(), old.from(), events);
            SegmentFiles files = new SegmentFiles(data);
            Files.copy(store.files.of(segment), files.of(segment), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(store.files.sidecar(segment), files.sidecar(segment), StandardCopyOption.REPLACE_EXISTING);
            return segment;
        }
    }

    Manifest manifest() throws IOException {
        return ManifestText.parse(Files.readAllBytes(data.resolve("manifest")));
    }

    /// Writes the manifest anew, with a right sum, with one segment in the place of another.
    void manifest(Segment old, Segment instead) throws IOException {
        List<Segment> segments = new ArrayList<>(manifest().segments());
        segments.set(segments.indexOf(old), instead);
        Files.write(data.resolve("manifest"), ManifestText.print(Manifest.of(segments)));
    }

    /// Takes the first segment away, out of the manifest too, as a pruning does.
    Segment prune() throws IOException {
        List<Segment> segments = new ArrayList<>(manifest().segments());
        Segment first = manifest().of(LEDGER).getFirst();
        segments.remove(first);
        Files.write(data.resolve("manifest"), ManifestText.print(Manifest.of(segments)));
        Files.delete(new SegmentFiles(data).of(first));
        Files.delete(new SegmentFiles(data).sidecar(first));
        return first;
    }

    /// Computes the stored tiles anew.
    void tiles(List<byte[]> all) throws IOException {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (int at = 0; at < SEALED; at += TILE) {
            hashes.writeBytes(head(all.subList(at, at + TILE)).root().bytes());
        }
        assertThat(tile()).exists();
        Files.write(tile(), hashes.toByteArray());
    }

    /// The stored tile of level 1.
    Path tile() {
        return data.resolve("ledger/security/tile/1/000.p/" + SEALED / TILE);
    }

    static CompactRange head(List<byte[]> all) {
        CompactRange tree = new CompactRange();
        all.forEach(entry -> tree.append(Hash.leaf(entry)));
        return tree;
    }

    /// The signing key, stolen.
    SigningKey stolenKey(String ledger) throws IOException, MalformedException {
        return SigningKey.parse(Files.readString(state.resolve(ledger + ".key")).strip());
    }

    /// Signs other entries and shows that.
    SignedNote sign(String ledger, List<byte[]> all, SigningKey key) throws IOException {
        SignedNote note =
                Checkpoint.of(key.verifierKey().name(), head(all).head()).sign(key);
        Files.write(data.resolve("ledger").resolve(ledger).resolve("checkpoint"), note.bytes());
        return note;
    }

    /// What the check finds, without some of its mechanisms.
    FsckReport check(Remembered remembered, Collection<String> off) throws IOException {
        SegmentFiles files = new SegmentFiles(data);
        try (TableEngine engine =
                DuckDbEngine.open(EngineSettings.of(1L << 30, 1, folder.resolve("temporary"), files.folder()))) {
            return LaxFsck.run(
                    data,
                    (segment, visitor) -> new SegmentReader(engine, files)
                            .read(segment, segment.from(), segment.to(), visitor::entry),
                    name -> FileJournal.inspect(disk, data.resolve("journal").resolve(name)),
                    remembered,
                    off);
        }
    }
}
