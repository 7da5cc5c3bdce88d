package io.meshtrail.witness;

import io.meshtrail.host.Disk;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a witness remembers of each log: the checkpoint that it cosigned last, as one file that is replaced whole. The
/// file is what monitors are shown.
final class WitnessMemory {
    private final Disk disk;
    private final Path folder;
    private final List<VerifierKey> keys;
    private final Map<String, SignedNote> read = new ConcurrentHashMap<>();

    /// @param keys the witness's own; a file that they did not sign is damaged
    WitnessMemory(Disk disk, Path folder, List<VerifierKey> keys) {
        this.disk = disk;
        this.folder = folder;
        this.keys = List.copyOf(keys);
    }

    /// Lower-case hexadecimal SHA-256 of an origin: its name in paths and URLs.
    static String nameOf(String origin) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(origin.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// The head that was cosigned last; [TreeHead#EMPTY] if none was.
    TreeHead latest(String origin) throws IOException {
        Optional<SignedNote> note = note(nameOf(origin));
        try {
            return note.isEmpty()
                    ? TreeHead.EMPTY
                    : Checkpoint.parse(note.orElseThrow().text()).head();
        } catch (MalformedException damaged) {
            throw new IOException(file(nameOf(origin)) + ": " + damaged.getMessage(), damaged);
        }
    }

    /// The note that was cosigned last.
    ///
    /// @param name [#nameOf] the origin; anything else has none
    Optional<SignedNote> note(String name) throws IOException {
        SignedNote known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (!name.matches("[0-9a-f]{64}") || !disk.exists(file(name))) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(disk.read(file(name)));
            if (note.verify(keys) instanceof NoteVerdict.Refused refused) {
                throw new IOException(file(name) + ": " + refused.why());
            }
            read.put(name, note);
            return Optional.of(note);
        } catch (MalformedException damaged) {
            // To take it for "never seen" would let the log start over.
            throw new IOException(file(name) + ": " + damaged.getMessage(), damaged);
        }
    }

    /// Remembers a cosigned note, durably, in place of the one before.
    void remember(String origin, SignedNote note) throws IOException {
        String name = nameOf(origin);
        // If the disk refuses, only the disk knows which of the two it has.
        read.remove(name);
        disk.replace(file(name), note.bytes());
        read.put(name, note);
    }

    private Path file(String name) {
        return folder.resolve(name + ".checkpoint");
    }

    /// Short name of a note for file names.
    static String shortNameOf(SignedNote note) {
        return Hash.leaf(note.bytes()).hex().substring(0, 16);
    }
}
