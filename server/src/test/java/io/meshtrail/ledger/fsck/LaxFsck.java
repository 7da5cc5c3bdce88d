package io.meshtrail.ledger.fsck;

import io.meshtrail.host.system.SystemDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/// A check that does not look at everything: only to show that it was the missing look that found something.
public final class LaxFsck {
    private LaxFsck() {}

    /// @param off names of [Mechanism]
    public static FsckReport run(
            Path data, SegmentEntries rows, JournalInspector journals, Remembered remembered, Collection<String> off)
            throws IOException {
        Set<Mechanism> mechanisms = off.stream().map(Mechanism::valueOf).collect(Collectors.toSet());
        return new Fsck(
                        new DataFolder(new SystemDisk(), data, rows, journals, Runnable::run, mechanisms),
                        remembered,
                        (checked, of) -> {})
                .run();
    }
}
