package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// The entries of the 600-entry sample ledger.
final class SampleLog {
    private SampleLog() {}

    static List<byte[]> entries() throws Exception {
        List<byte[]> entries = new ArrayList<>();
        for (TilePath path : List.of(TilePath.entries(0, 256), TilePath.entries(1, 256), TilePath.entries(2, 88))) {
            EntryBundle bundle = EntryBundle.parse(Json.bytes("sample-log/" + path), path.width());
            for (int i = 0; i < bundle.count(); i++) {
                entries.add(bundle.entry(i));
            }
        }
        return entries;
    }

    static TileFolder folder() throws Exception {
        TileFolder folder = new TileFolder();
        entries().forEach(folder::append);
        return folder;
    }
}
