package io.meshtrail.privacy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.LedgerReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The erasures that `root` has on record, read from its proven entries.
public final class RootErasures implements SubjectTable.RootRecord {
    private static final int BUNDLE = 256;
    private static final byte[] ACTION = "\"action\":\"erase\"".getBytes(StandardCharsets.US_ASCII);

    private final LedgerReader root;

    public RootErasures(LedgerReader root) {
        this.root = root;
    }

    @Override
    public long size() {
        return root.size();
    }

    @Override
    public Set<Pseudonym> erasedSince(long from) throws IOException {
        Set<Pseudonym> erased = new HashSet<>();
        long at = Math.max(from, root.minIndex());
        long size = root.size();
        while (at < size) {
            Optional<byte[]> bundle = at % BUNDLE == 0 && at + BUNDLE <= root.publishedSize()
                    ? root.bundle(at / BUNDLE, BUNDLE)
                    : Optional.empty();
            if (bundle.isPresent()) {
                ByteBuffer entries = ByteBuffer.wrap(bundle.orElseThrow());
                while (entries.hasRemaining()) {
                    byte[] entry = new byte[entries.getShort() & 0xFFFF];
                    entries.get(entry);
                    read(at++, entry, erased);
                }
            } else {
                read(at, root.entry(at), erased);
                at++;
            }
        }
        return erased;
    }

    private static void read(long leafIndex, byte[] entry, Set<Pseudonym> erased) throws IOException {
        if (!begins(entry)) {
            return;
        }
        try {
            AuditEvent event = EventCodec.decode(entry);
            if (event.text(Field.ACTION).filter("erase"::equals).isPresent()) {
                Pseudonym.parse(event.attributes().getOrDefault("pseudonym", ""))
                        .ifPresent(erased::add);
            }
        } catch (EntryFormatException damaged) {
            throw new IOException("entry root/" + leafIndex + ": " + damaged.getMessage(), damaged);
        }
    }

    /// `action` is the first key of every entry that has one.
    private static boolean begins(byte[] entry) {
        return entry.length > ACTION.length
                && java.util.Arrays.equals(entry, 1, 1 + ACTION.length, ACTION, 0, ACTION.length);
    }
}
