package io.meshtrail.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/// The bytes of a file of recent fingerprints, all numbers big-endian: `MTRCNT1` and a line feed; for
/// each entry, in order, 16 bytes of fingerprint, 8 of leafIndex, 8 of `received` in nanoseconds; CRC32C
/// of all before, 4 bytes.
public final class RecentFile {
    private static final byte[] MAGIC = "MTRCNT1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORD = 32;
    private static final int SUM = Integer.BYTES;

    private RecentFile() {}

    /// @param received nanoseconds since 1970
    record Recent(Fingerprint fingerprint, long leafIndex, long received) {}

    /// The folder of a ledger's own folder that has such files.
    public static Path folder(Path ledger) {
        return ledger.resolve("recent");
    }

    /// Sorted by name they are sorted by leafIndex.
    static String name(long to) {
        return String.format(Locale.ROOT, "%020d", to);
    }

    static long count(long bytes) {
        return (bytes - MAGIC.length - SUM) / RECORD;
    }

    static byte[] print(List<Recent> recent) {
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + recent.size() * RECORD + SUM);
        bytes.put(MAGIC);
        for (Recent each : recent) {
            bytes.putLong(each.fingerprint().high())
                    .putLong(each.fingerprint().low())
                    .putLong(each.leafIndex())
                    .putLong(each.received());
        }
        return bytes.putInt(sum(bytes.array(), bytes.position())).array();
    }

    static List<Recent> parse(byte[] bytes) throws IOException {
        check(bytes);
        List<Recent> recent = new ArrayList<>();
        ByteBuffer at = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length - SUM);
        while (at.hasRemaining()) {
            recent.add(new Recent(new Fingerprint(at.getLong(), at.getLong()), at.getLong(), at.getLong()));
        }
        return recent;
    }

    /// @throws IOException if these are no such bytes, whole
    public static void check(byte[] bytes) throws IOException {
        int body = bytes.length - SUM;
        if (body < MAGIC.length
                || (body - MAGIC.length) % RECORD != 0
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(bytes.length + " bytes are no file of recent fingerprints");
        }
        int says = ByteBuffer.wrap(bytes).getInt(body);
        if (says != sum(bytes, body)) {
            throw new IOException(String.format(
                    Locale.ROOT, "the bytes have CRC32C %08x, the file says %08x", sum(bytes, body), says));
        }
    }

    /// The time of the youngest entry; the smallest number if there is none or the bytes are damaged.
    static long newest(byte[] bytes) {
        int at = bytes.length - SUM - Long.BYTES;
        return count(bytes.length) < 1 ? Long.MIN_VALUE : ByteBuffer.wrap(bytes).getLong(at);
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
