package io.meshtrail.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The contents of a file: as everybody sees them, and as the platters have them.
final class SimulatedFile implements SimulatedNode {
    private static final int SECTOR = 512;

    private byte[] bytes = new byte[0];
    private byte[] durable = new byte[0];

    /// What was done since the last sync, in order.
    private final List<Change> unsynced = new ArrayList<>();

    /// @param at where; the file ends there if nothing is written
    private record Change(int at, byte[] written) {}

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    void append(byte[] more) {
        Change change = new Change(bytes.length, more);
        bytes = apply(bytes, change, more.length);
        unsynced.add(change);
    }

    void truncate(int size) {
        bytes = Arrays.copyOf(bytes, size);
        unsynced.add(new Change(size, new byte[0]));
    }

    /// Another hand, or decay: at once in the cache and on the platters.
    void overwrite(byte[] other) {
        bytes = other.clone();
        durable = bytes;
        unsynced.clear();
    }

    void sync() {
        durable = bytes;
        unsynced.clear();
    }

    /// A sync that fails: the cache forgets what it should have kept, and who reads again sees the platters.
    void loseUnsynced() {
        bytes = durable;
        unsynced.clear();
    }

    /// Whether a power failure now could cost something.
    boolean isDurable() {
        return unsynced.isEmpty();
    }

    @Override
    public void losePower(Random random) {
        bytes = switch (random.nextInt(4)) {
            case 0 -> durable;
            case 1 -> prefix(random, unsynced.size());
            case 2 -> prefix(random, random.nextInt(unsynced.size() + 1));
            default -> sectors(random);
        };
        durable = bytes;
        unsynced.clear();
    }

    /// The first changes, and of the next one a part.
    private byte[] prefix(Random random, int whole) {
        byte[] left = durable;
        for (Change change : unsynced.subList(0, whole)) {
            left = apply(left, change, change.written.length);
        }
        if (whole < unsynced.size()) {
            Change torn = unsynced.get(whole);
            left = apply(left, torn, random.nextInt(torn.written.length + 1));
        }
        return left;
    }

    /// Some sectors of each change; what is missing between them is zero.
    private byte[] sectors(Random random) {
        byte[] left = durable;
        for (Change change : unsynced) {
            byte[] torn = apply(left, change, change.written.length);
            for (int at = change.at; at < torn.length; at = at / SECTOR * SECTOR + SECTOR) {
                if (random.nextBoolean()) {
                    int end = Math.min(torn.length, at / SECTOR * SECTOR + SECTOR);
                    Arrays.fill(torn, at, end, (byte) 0);
                    if (at < left.length) {
                        System.arraycopy(left, at, torn, at, Math.min(end, left.length) - at);
                    }
                }
            }
            left = torn;
        }
        return left;
    }

    private static byte[] apply(byte[] to, Change change, int length) {
        byte[] changed = Arrays.copyOf(to, change.at + length);
        System.arraycopy(change.written, 0, changed, change.at, length);
        return changed;
    }

    @Override
    public SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile();
        copy.overwrite(bytes);
        return copy;
    }

    @Override
    public SimulatedFile durableCopy() {
        SimulatedFile copy = new SimulatedFile();
        copy.overwrite(durable);
        return copy;
    }
}
