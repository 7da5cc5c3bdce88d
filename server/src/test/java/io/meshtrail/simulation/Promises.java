package io.meshtrail.simulation;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.EntryBundle;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyProof;
import io.meshtrail.segment.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// What must hold at any moment, whatever happened before:
///
/// 1. nothing acknowledged is lost: its address has exactly that event, in the same bytes for ever;
/// 2. leafIndexes are dense: every entry below the size can be read;
/// 3. each checkpoint that was ever signed is a head of the one tree that is there now, so each is consistent with all
///    before it;
/// 4. every hit has a valid proof, and search finds what a full scan of the ledger finds;
/// 5. what was opened is on record, and the check of the operator finds nothing.
final class Promises {
    private static final int TILE = 256;
    private static final int HITS = 1;

    private final Random random;
    private final Sender sender;
    private final Signed signed;

    /// The bytes that an acknowledged entry had when it was read first.
    private final Map<Address, byte[]> read = new TreeMap<>();

    Promises(Random random, Sender sender, Signed signed) {
        this.random = random;
        this.sender = sender;
        this.signed = signed;
    }

    /// @param settled whether all stations have nothing left to do
    void check(SimulatedServer server, boolean settled) throws IOException {
        Map<String, List<byte[]>> all = new TreeMap<>();
        for (LedgerReader ledger : server.ledgers.all()) {
            List<byte[]> entries = scan(ledger);
            all.put(ledger.name(), entries);
            heads(ledger, entries);
            hits(ledger, entries);
        }
        acknowledged(all, settled);
        search(server, all, settled);
    }

    /// After [#check], on a folder at rest or not.
    static void sound(FsckReport report) {
        if (!report.isSound()) {
            throw new Broken("fsck: " + report.findings());
        }
    }

    private static List<byte[]> scan(LedgerReader ledger) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        long size = ledger.size();
        long published = ledger.publishedSize();
        try {
            for (long at = 0; at < published; ) {
                int width = (int) Math.min(TILE, published - at);
                Optional<byte[]> bundle = ledger.bundle(at / TILE, width);
                Optional<byte[]> tile = ledger.tile(0, at / TILE, width);
                if (bundle.isEmpty() || tile.isEmpty()) {
                    throw new Broken("ledger " + ledger.name() + " does not show what it published: " + at);
                }
                EntryBundle of = EntryBundle.parse(bundle.orElseThrow(), width);
                for (int i = 0; i < width; i++) {
                    entries.add(of.entry(i));
                    if (!Hash.leaf(of.entry(i)).equals(Hash.at(tile.orElseThrow(), i * Hash.BYTES))) {
                        throw new Broken("entry " + ledger.name() + "/" + (at + i) + " is not what its tile says");
                    }
                }
                at += width;
            }
            for (long at = published; at < size; at++) {
                entries.add(ledger.entry(at));
            }
        } catch (IOException | MalformedException lost) {
            throw new Broken(
                    "ledger " + ledger.name() + " of " + size + " entries, " + ledger.sealedSize()
                            + " sealed, cannot be read",
                    lost);
        }
        return entries;
    }

    private void heads(LedgerReader ledger, List<byte[]> entries) {
        ledger.checkpoint().ifPresent(note -> signed.see(ledger.name(), note));
        NavigableMap<Long, TreeHead> heads = signed.of(ledger.name());
        if (signed.largest(ledger.name()) > entries.size()) {
            throw new Broken("ledger " + ledger.name() + " has " + entries.size() + " entries, "
                    + signed.largest(ledger.name()) + " were signed");
        }
        CompactRange tree = new CompactRange();
        for (int size = 0; size <= entries.size(); size++) {
            TreeHead head = heads.get((long) size);
            if (head != null && !head.root().equals(tree.root())) {
                throw new Broken("ledger " + ledger.name() + " signed root " + head.root() + " at size " + size
                        + ", its entries have " + tree.root());
            }
            if (size < entries.size()) {
                tree.append(Hash.leaf(entries.get(size)));
            }
        }
    }

    private void hits(LedgerReader ledger, List<byte[]> entries) throws IOException {
        try {
            VerifyProof verifier = new VerifyProof(List.of(VerifierKey.parse(ledger.verifierKey())), TlogPolicy.NONE);
            for (int i = 0; i < HITS && ledger.publishedSize() > 0; i++) {
                int at = random.nextInt((int) ledger.publishedSize());
                byte[] proof = ledger.proof(at).orElseThrow();
                VerifyProof.Result result = verifier.check(proof, entries.get(at));
                if (!(result instanceof VerifyProof.Result.Ok ok) || ok.leafIndex() != at) {
                    throw new Broken("entry " + ledger.name() + "/" + at + " has no valid proof: " + result);
                }
            }
        } catch (MalformedException impossible) {
            throw new Broken("ledger " + ledger.name() + " has no key", impossible);
        }
    }

    private void acknowledged(Map<String, List<byte[]>> all, boolean settled) {
        for (Map.Entry<Address, AuditEvent> each : sender.acknowledged().entrySet()) {
            Address address = each.getKey();
            List<byte[]> entries = all.get(address.ledger());
            if (address.leafIndex() >= entries.size()) {
                if (settled || address.leafIndex() < signed.largest(address.ledger())) {
                    throw new Broken(address + " was acknowledged and is not there: the ledger has " + entries.size());
                }
                continue;
            }
            byte[] entry = entries.get((int) address.leafIndex());
            byte[] before = read.putIfAbsent(address, entry);
            if (before == null) {
                same(address, each.getValue(), entry);
            } else if (!Arrays.equals(before, entry)) {
                throw new Broken(address + " had other bytes before: " + text(before) + ", now " + text(entry));
            }
        }
    }

    private static void same(Address address, AuditEvent sent, byte[] entry) {
        try {
            AuditEvent found =
                    EventCodec.decode(entry).toBuilder().without(Field.RECEIVED).build();
            boolean same = found.attributes().isEmpty()
                    ? found.equals(sent)
                    : found.text(Field.REQUEST_ID).equals(sent.text(Field.REQUEST_ID));
            if (!same) {
                throw new Broken(address + " was acknowledged for " + sent + " and has " + text(entry));
            }
        } catch (EntryFormatException damaged) {
            throw new Broken(address + " has no entry: " + text(entry), damaged);
        }
    }

    private static void search(SimulatedServer server, Map<String, List<byte[]>> all, boolean settled) {
        try (Snapshot snapshot = server.index.snapshot()) {
            if (settled && !snapshot.missing().isEmpty()) {
                throw new Broken("search misses " + snapshot.missing());
            }
            Map<String, List<byte[]>> found = new TreeMap<>();
            for (RowSource source : snapshot.sources()) {
                List<byte[]> rows = found.computeIfAbsent(source.ledger(), name -> new ArrayList<>());
                if (rows.size() != source.from()) {
                    throw new Broken("search has " + rows.size() + " rows of " + source.ledger() + " before " + source);
                }
                rows.addAll(Rows.of(server.engine, source.relation(), source.from(), source.to()));
            }
            for (Map.Entry<String, List<byte[]>> ledger : all.entrySet()) {
                List<byte[]> rows = found.getOrDefault(ledger.getKey(), List.of());
                long asOf = snapshot.asOf().getOrDefault(ledger.getKey(), 0L);
                boolean complete = !settled || asOf == ledger.getValue().size();
                if (rows.size() != asOf || asOf > ledger.getValue().size() || !complete) {
                    throw new Broken("search has " + rows.size() + " rows of " + ledger.getKey() + " as of " + asOf
                            + ", the ledger " + ledger.getValue().size());
                }
                for (int i = 0; i < rows.size(); i++) {
                    if (!Arrays.equals(rows.get(i), ledger.getValue().get(i))) {
                        throw new Broken("search shows " + ledger.getKey() + "/" + i + " as " + text(rows.get(i))
                                + ", the ledger has " + text(ledger.getValue().get(i)));
                    }
                }
            }
        }
    }

    /// The size that a checkpoint states.
    static long size(byte[] note) {
        try {
            return Checkpoint.parse(SignedNote.parse(note).text()).treeSize();
        } catch (MalformedException damaged) {
            throw new Broken("a checkpoint cannot be read", damaged);
        }
    }

    private static String text(byte[] entry) {
        String text = new String(entry, StandardCharsets.UTF_8);
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
