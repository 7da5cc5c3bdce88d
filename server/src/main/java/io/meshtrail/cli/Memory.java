package io.meshtrail.cli;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteFile;
import io.meshtrail.proof.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a monitor believes: the last checkpoint of each ledger, by origin, as the signed notes they came
/// as. The file is plain text, one note after the other, and can be given to `verify --checkpoint`.
///
/// It is replaced whole: after a crash there is the old file or the new one. A file that was lost begins
/// anew, and what happened before is not noticed; so it belongs where the operator of the ledger cannot
/// write.
final class Memory {
    private final Optional<Path> file;
    private final TreeMap<String, SignedNote> notes = new TreeMap<>();

    private Memory(Optional<Path> file) {
        this.file = file;
    }

    /// @param file nothing to remember only while running
    /// @throws IOException if the file is damaged, or holds a checkpoint that is not trusted any more
    static Memory open(Optional<Path> file, CheckpointCheck trust) throws IOException {
        Memory memory = new Memory(file);
        if (file.isPresent() && Files.exists(file.orElseThrow())) {
            try {
                for (SignedNote note : NoteFile.parse(Files.readAllBytes(file.orElseThrow()))) {
                    switch (trust.check(note)) {
                        case CheckpointCheck.Result.Trusted trusted ->
                            memory.notes.put(trusted.checkpoint().origin(), note);
                        case CheckpointCheck.Result.Refused refused ->
                            throw new IOException(file.orElseThrow() + ": " + refused.why());
                    }
                }
            } catch (MalformedException damaged) {
                throw new IOException(file.orElseThrow() + ": " + damaged.getMessage(), damaged);
            }
        }
        return memory;
    }

    Optional<SignedNote> note(String origin) {
        return Optional.ofNullable(notes.get(origin));
    }

    Set<String> origins() {
        return notes.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    /// Believes a verified checkpoint from now on.
    void believe(Checkpoint checkpoint, SignedNote note) throws IOException {
        notes.put(checkpoint.origin(), note);
        if (file.isPresent()) {
            Path whole = file.orElseThrow().toAbsolutePath();
            Path fresh = whole.resolveSibling(whole.getFileName() + ".tmp");
            byte[] text = notes.values().stream()
                    .map(SignedNote::print)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(text);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(whole.resolveSibling("."), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
