package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.journal.Journal;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.TileFiles;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TilePath;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.segment.Segment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Rebuilds one ledger's tree from its rows and its journal, and holds everything that is known about it
/// against that:
/// key, checkpoints, tiles, segments.
final class LedgerCheck {
    private static final int TILE = TilePath.FULL_WIDTH;

    private final Disk disk;
    private final Path data;
    private final String name;
    private final List<Segment> segments;
    private final SegmentEntries rows;
    private final JournalInspector journals;
    private final EntryListener listener;
    private final List<Finding> findings = new ArrayList<>();

    private final CompactRange tree = new CompactRange();

    /// By tile level from 1 up, the hashes that the entries give.
    private final Map<Integer, ByteArrayOutputStream> levels = new HashMap<>();

    /// The heads that are claimed, by size, and who claims them.
    private final TreeMap<Long, List<Claim>> claims = new TreeMap<>();

    private Optional<Finding> unreadable = Optional.empty();

    /// Sees every entry.
    interface EntryListener {
        void entry(String ledger, long leafIndex, byte[] bytes, int offset, int length);
    }

    private record Claim(Hash root, String file, String words) {}

    LedgerCheck(
            Disk disk,
            Path data,
            String name,
            List<Segment> segments,
            SegmentEntries rows,
            JournalInspector journals,
            EntryListener listener) {
        this.disk = disk;
        this.data = data;
        this.name = name;
        this.segments = segments;
        this.rows = rows;
        this.journals = journals;
        this.listener = listener;
    }

    List<Finding> findings() {
        return findings;
    }

    FsckReport.CheckedLedger check(Statements statements) throws IOException {
        long published = claims(statements);
        for (Segment segment : segments) {
            statement(statements, segment);
            segment(segment);
        }
        long sealed = segments.isEmpty() ? 0 : segments.getLast().to();
        if (unreadable.isEmpty()) {
            tiles(sealed);
        }
        long torn = unreadable.isEmpty() ? journal(sealed) : 0;
        compareClaims();
        if (unreadable.isEmpty()
                && tree.size() > 0
                && statements.key(name).isEmpty()
                && !name.equals(LedgerSettings.ROOT)) {
            add(0, tree.size(), "ledger/" + name, "root does not say that this ledger was opened");
        }
        if (unreadable.isEmpty() && tree.size() < published) {
            add(
                    tree.size(),
                    published,
                    "journal/" + name,
                    "the checkpoint says " + published + " entries, " + tree.size() + " are here");
        }
        int compared = claims.values().stream().mapToInt(List::size).sum();
        return new FsckReport.CheckedLedger(
                name, tree.head(), published, segments.size(), sealed, tree.size() - sealed, compared, torn);
    }

    /// Collects the heads that the checkpoint file and `root` claim; returns the published size.
    private long claims(Statements statements) throws IOException {
        Path folder = data.resolve("ledger").resolve(name);
        VerifierKey key;
        if (!disk.exists(folder.resolve("key"))) {
            add(0, 0, "ledger/" + name + "/key", "there is none, although the ledger exists");
            return 0;
        }
        try {
            String text = new String(disk.read(folder.resolve("key")), StandardCharsets.UTF_8);
            if (!text.endsWith("\n")) {
                throw new MalformedException("the line does not end");
            }
            key = VerifierKey.parse(text.substring(0, text.length() - 1));
        } catch (MalformedException damaged) {
            add(0, 0, "ledger/" + name + "/key", damaged.getMessage());
            return 0;
        }
        if (statements.key(name).isPresent()
                && !statements.key(name).orElseThrow().equals(key.toString())) {
            add(
                    0,
                    0,
                    "ledger/" + name + "/key",
                    "root says that the ledger was opened with "
                            + statements.key(name).orElseThrow());
        }
        for (Statements.Stated stated : statements.checkpointsOf(name)) {
            claim(stated.get("checkpoint").getBytes(StandardCharsets.UTF_8), key, "root/" + stated.rootIndex());
        }
        Path file = folder.resolve("checkpoint");
        if (!disk.exists(file)) {
            add(0, 0, "ledger/" + name + "/checkpoint", "there is none, although the ledger exists");
            return 0;
        }
        int before = findings.size();
        long published = claim(disk.read(file), key, "ledger/" + name + "/checkpoint");
        long recorded = statements.largestCheckpoint(name);
        if (findings.size() == before && published < recorded) {
            // The data folder gets a checkpoint before root does, so only another hand puts an older one there:
            // it would hide that younger entries are cut off.
            add(
                    published,
                    recorded,
                    "ledger/" + name + "/checkpoint",
                    "the checkpoint has size " + published + ", but root has one of size " + recorded + " on record");
        }
        Path witnessed = folder.resolve("witnessed");
        if (disk.exists(witnessed)) {
            byte[] note = disk.read(witnessed);
            String shown = "ledger/" + name + "/witnessed";
            claim(note, key, shown);
            WitnessedCheck.trouble(note, statements.policies()).ifPresent(words -> add(0, 0, shown, words));
        }
        return published;
    }

    private long claim(byte[] bytes, VerifierKey key, String file) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            if (!Arrays.equals(note.bytes(), bytes)) {
                throw new MalformedException("the note is not in its canonical form");
            }
            if (note.verify(List.of(key)) instanceof NoteVerdict.Refused refused) {
                add(0, 0, file, "the checkpoint's signature: " + refused.why());
                return 0;
            }
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(key.name())) {
                add(0, 0, file, "the checkpoint is of " + checkpoint.origin() + ", not of " + key.name());
                return 0;
            }
            claims.computeIfAbsent(checkpoint.treeSize(), size -> new ArrayList<>())
                    .add(new Claim(checkpoint.root(), file, "the checkpoint of size " + checkpoint.treeSize()));
            compareReached();
            return checkpoint.treeSize();
        } catch (MalformedException damaged) {
            add(0, 0, file, "the checkpoint: " + damaged.getMessage());
            return 0;
        }
    }

    /// `root` must have the segment on record just as the manifest does.
    private void statement(Statements statements, Segment segment) {
        Optional<Statements.Stated> stated = statements.seal(name, segment.from(), segment.to());
        if (stated.isEmpty()) {
            add(segment.from(), segment.to(), "manifest", "root has no seal of " + segment.file() + " on record");
            return;
        }
        Statements.Stated seal = stated.orElseThrow();
        boolean same = seal.get("root").equals(segment.root().base64())
                && seal.get("sha256").equals(segment.sha256().hex())
                && seal.get("file").equals(segment.file())
                && seal.get("bytes").equals(Long.toString(segment.bytes()))
                && seal.get("first_time").equals(Long.toString(segment.firstTime()))
                && seal.get("last_time").equals(Long.toString(segment.lastTime()));
        if (!same) {
            add(
                    segment.from(),
                    segment.to(),
                    "manifest",
                    "root/" + seal.rootIndex() + " records file " + seal.get("file")
                            + " with root " + seal.get("root") + ", SHA-256 " + seal.get("sha256") + ", "
                            + seal.get("bytes")
                            + " bytes and times from " + seal.get("first_time") + " to " + seal.get("last_time"));
        }
    }

    private void segment(Segment segment) throws IOException {
        String file = "segments/" + name + "/" + segment.file();
        if (segment.from() != tree.size() && unreadable.isEmpty()) {
            add(tree.size(), segment.from(), "manifest", "no segment has these entries");
            unreadable = Optional.of(findings.getLast());
        }
        CompactRange range = new CompactRange();
        try {
            if (!disk.exists(data.resolve(file))) {
                throw new IOException("the segment is missing");
            }
            String sha256 = Sha256.of(disk, data.resolve(file)).hex();
            if (!sha256.equals(segment.sha256().hex())) {
                throw new IOException(
                        "SHA-256 is " + sha256 + ", " + segment.sha256().hex() + " was sealed");
            }
            rows.visit(segment, (leafIndex, bytes, offset, length) -> {
                Hash leaf = Hash.leaf(bytes, offset, length);
                range.append(leaf);
                append(leaf);
                listener.entry(name, leafIndex, bytes, offset, length);
            });
            if (!range.root().equals(segment.root())) {
                throw new IOException("the rows have root " + range.root() + ", " + segment.root() + " was sealed");
            }
        } catch (IOException | RuntimeException damaged) {
            add(segment.from(), segment.to(), file, String.valueOf(damaged.getMessage()));
            unreadable = Optional.of(findings.getLast());
        }
    }

    private long journal(long sealed) throws IOException {
        try (Journal journal = journals.inspect(name)) {
            if (journal.next() < sealed || (journal.first() > sealed && journal.next() > sealed)) {
                add(
                        sealed,
                        Math.max(sealed, journal.first()),
                        "journal/" + name,
                        "the journal has entries " + journal.first() + " to " + (journal.next() - 1)
                                + ", segments end at " + sealed);
                return 0;
            }
            journal.read(sealed, journal.next(), record -> {
                append(Hash.leaf(record.entry()));
                listener.entry(name, record.leafIndex(), record.entry(), 0, record.entry().length);
            });
            return journal.torn();
        } catch (IOException damaged) {
            String words = String.valueOf(damaged.getMessage());
            add(tree.size(), tree.size() + 1, journalFile(words), words);
            unreadable = Optional.of(findings.getLast());
            return 0;
        }
    }

    private String journalFile(String words) {
        String folder = data.resolve("journal").resolve(name).toString();
        int at = words.indexOf(folder);
        int end = at < 0 ? -1 : words.indexOf(".journal", at);
        return end < 0
                ? "journal/" + name
                : "journal/" + name + words.substring(at + folder.length(), end) + ".journal";
    }

    private void append(Hash leaf) {
        tree.append(leaf, (height, index, node) -> {
            if (height > 0 && height % 8 == 0) {
                levels.computeIfAbsent(height / 8, level -> new ByteArrayOutputStream())
                        .writeBytes(node.bytes());
            }
        });
        compareReached();
    }

    private void compareReached() {
        List<Claim> reached = claims.get(tree.size());
        if (reached != null) {
            compare(tree.size(), tree.root(), reached);
        }
    }

    private void compare(long size, Hash root, List<Claim> reached) {
        for (Claim claim : reached) {
            Finding finding = new Finding(
                    name,
                    0,
                    size,
                    claim.file(),
                    claim.words() + " has root " + claim.root() + ", the entries have " + root);
            if (!claim.root().equals(root) && unreadable.isEmpty() && !findings.contains(finding)) {
                findings.add(finding);
            }
        }
    }

    private void compareClaims() {
        if (unreadable.isEmpty()) {
            claims.tailMap(tree.size(), false)
                    .forEach((size, each) -> each.stream()
                            .filter(claim -> claim.file().startsWith("root/"))
                            .forEach(claim -> add(
                                    tree.size(),
                                    size,
                                    claim.file(),
                                    claim.words() + " covers entries that are not here")));
        }
    }

    private void tiles(long sealed) throws IOException {
        TileFiles files = new TileFiles(disk, data.resolve("ledger").resolve(name));
        for (TilePath path : TileFiles.paths(sealed)) {
            byte[] all = Optional.ofNullable(levels.get(path.level()))
                    .map(ByteArrayOutputStream::toByteArray)
                    .orElse(new byte[0]);
            int from = (int) path.index() * TILE * Hash.BYTES;
            byte[] expected = Arrays.copyOfRange(all, from, from + path.width() * Hash.BYTES);
            String file = "ledger/" + name + "/" + path;
            if (!disk.exists(files.file(path))) {
                add(0, sealed, file, "the tile is missing");
            } else if (!Arrays.equals(disk.read(files.file(path)), expected)) {
                add(0, sealed, file, "the tile has other hashes than the entries give");
            }
        }
    }

    private void add(long from, long to, String file, @org.jspecify.annotations.Nullable String words) {
        findings.add(new Finding(name, from, to, file, String.valueOf(words)));
    }
}
