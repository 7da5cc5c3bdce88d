package io.meshtrail.witness;

import io.meshtrail.host.Disk;
import io.meshtrail.proof.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checkpoints that a log has signed and that do not continue what the witness cosigned. Two checkpoints of one size
/// with different roots (`fork-…`) convict the log by themselves. A proof that does not hold (`unproven-…`) may be
/// somebody else's who replays a checkpoint; so these cannot fill the room of the others.
final class Evidence {
    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /// The most files of each kind; a log that forks a thousand times is convicted.
    private static final int MOST = 1_000;

    private final Disk disk;
    private final Path folder;

    Evidence(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /// Keeps a checkpoint whose log signature verified. A disk that refuses is logged and hinders nothing.
    ///
    /// @param why the words of the refusal
    /// @param cosigned what the witness vouches for instead, if anything
    void keep(SignedNote refused, String origin, String why, Optional<SignedNote> cosigned) {
        boolean fork = cosigned.filter(note -> isFork(note, refused)).isPresent();
        String kind = fork ? "fork-" : "unproven-";
        Path file = folder.resolve(kind + line(1, refused) + "-" + WitnessMemory.shortNameOf(refused) + ".txt");
        LOG.error("{} signed what is not proven to continue its ledger: {}", origin, why);
        try {
            disk.makeFolder(folder);
            long kept = disk.list(folder).stream()
                    .filter(each -> String.valueOf(each.getFileName()).startsWith(kind))
                    .count();
            if (!disk.exists(file) && kept < MOST) {
                String text = why + "\n\nrefused:\n" + refused.print()
                        + cosigned.map(note -> "\ncosigned:\n" + note.print()).orElse("");
                disk.replace(file, text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException full) {
            LOG.error("The evidence {} cannot be kept: {}", file, full.getMessage());
        }
    }

    private static boolean isFork(SignedNote cosigned, SignedNote refused) {
        return line(1, cosigned).equals(line(1, refused)) && !line(2, cosigned).equals(line(2, refused));
    }

    /// A line of a checkpoint: 1 is the size, 2 the root.
    private static String line(int number, SignedNote note) {
        return note.text().split("\n", 4)[number];
    }
}
