package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.TilePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The tile levels from 1 up, on disk as tlog-tiles names them: `ledger/<name>/tile/<L>/<N>[.p/<W>]`. They
/// cover exactly
/// the sealed entries; level 0 and the entry bundles are computed from the rows. A full tile never changes.
public final class TileFiles {
    private static final int TILE = TilePath.FULL_WIDTH;

    private final Disk disk;
    private final Path folder;

    /// @param folder the ledger's own, `ledger/<name>`
    public TileFiles(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /// Writes what sealing entries up to a size completes, durably. Afterwards the partial tiles of the size before
    /// may go ([#removeOthers]).
    void write(LedgerTree tree, long sealedBefore, long sealed) throws IOException {
        for (int level = 1; LedgerTree.hashes(level, sealed) > 0; level++) {
            long before = LedgerTree.hashes(level, sealedBefore);
            long after = LedgerTree.hashes(level, sealed);
            for (long tile = before / TILE; tile * TILE < after; tile++) {
                int width = (int) Math.min(TILE, after - tile * TILE);
                if (after > before) {
                    write(TilePath.hashes(level, tile, width), tree.tile(level, tile, width));
                }
            }
        }
    }

    private void write(TilePath path, byte[] hashes) throws IOException {
        Path file = folder.resolve(path.toString());
        if (disk.exists(file)) {
            if (!Arrays.equals(disk.read(file), hashes)) {
                throw new IOException(file + " exists and holds other hashes than the tree");
            }
            // An attempt before may have been refused between its name and the sync of the name.
            disk.syncNames(folder.resolve("tile"));
            return;
        }
        Path parent = file.getParent();
        if (parent != null) {
            disk.makeFolder(parent);
        }
        disk.replace(file, hashes);
    }

    /// Removes every tile that does not belong to a number of sealed entries: partial ones that a larger size
    /// has replaced, what a seal left that did not come to its end, and after a loss those of entries that are
    /// gone. No check would notice if one of them rotted.
    void removeOthers(long sealed) throws IOException {
        Set<Path> wanted = new HashSet<>();
        paths(sealed).forEach(path -> wanted.add(file(path)));
        removeOthers(folder.resolve("tile"), wanted);
    }

    private void removeOthers(Path below, Set<Path> wanted) throws IOException {
        for (Path file : disk.list(below)) {
            if (!wanted.contains(file)) {
                disk.delete(file);
            }
        }
        for (Path deeper : disk.listFolders(below)) {
            removeOthers(deeper, wanted);
        }
    }

    /// The hashes of level 1 over the sealed entries.
    byte[] levelOne(long sealed) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (TilePath path : paths(sealed)) {
            if (path.level() == 1) {
                Path file = folder.resolve(path.toString());
                byte[] hashes = disk.read(file);
                if (hashes.length != path.width() * Hash.BYTES) {
                    throw new IOException(
                            file + " has " + hashes.length + " bytes, expected " + path.width() * Hash.BYTES);
                }
                all.writeBytes(hashes);
            }
        }
        return all.toByteArray();
    }

    /// The tiles that exist for a number of sealed entries.
    public static List<TilePath> paths(long sealed) {
        List<TilePath> paths = new ArrayList<>();
        for (int level = 1; LedgerTree.hashes(level, sealed) > 0; level++) {
            long hashes = LedgerTree.hashes(level, sealed);
            for (long tile = 0; tile * TILE < hashes; tile++) {
                paths.add(TilePath.hashes(level, tile, (int) Math.min(TILE, hashes - tile * TILE)));
            }
        }
        return paths;
    }

    /// The file of a tile.
    public Path file(TilePath path) {
        return folder.resolve(path.toString());
    }
}
