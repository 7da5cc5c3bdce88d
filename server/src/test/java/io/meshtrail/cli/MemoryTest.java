package io.meshtrail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.NoteFile;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a monitor believes outlives it, and a file that somebody touched is not believed.
class MemoryTest {
    @TempDir
    private Path folder;

    private static CheckpointCheck trust(String... ledgers) throws Exception {
        List<VerifierKey> keys = new ArrayList<>();
        for (String ledger : ledgers) {
            keys.add(StagedLedgers.key(ledger).verifierKey());
        }
        return new CheckpointCheck(keys, TlogPolicy.NONE);
    }

    private static SignedNote believe(Memory memory, String ledger, int size) throws Exception {
        CompactRange range = new CompactRange();
        for (int i = 0; i < size; i++) {
            range.append(Hash.leaf(new byte[] {(byte) i}));
        }
        Checkpoint checkpoint = Checkpoint.of("log.example/" + ledger, range.head());
        SignedNote note = checkpoint.sign(StagedLedgers.key(ledger));
        memory.believe(checkpoint, note);
        return note;
    }

    @Test
    void theLastCheckpointOfEachLedgerIsThereAfterARestart() throws Exception {
        Path file = folder.resolve("state");
        Memory memory = Memory.open(Optional.of(file), trust("security", "root"));
        believe(memory, "security", 3);
        SignedNote root = believe(memory, "root", 2);
        SignedNote security = believe(memory, "security", 5);
        Memory again = Memory.open(Optional.of(file), trust("security", "root"));
        assertThat(again.origins()).containsExactlyInAnyOrder("log.example/root", "log.example/security");
        assertThat(again.note("log.example/security")).contains(security);
        assertThat(again.note("log.example/root")).contains(root);
        assertThat(again.note("log.example/traffic")).isEmpty();
        assertThat(NoteFile.parse(Files.readAllBytes(file))).containsExactly(root, security);
        assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".tmp"));
    }

    @Test
    void aFileThatIsDamagedOrNotSignedByATrustedKeyIsRefusedByName() throws Exception {
        Path file = folder.resolve("state");
        SignedNote note = believe(Memory.open(Optional.of(file), trust("security")), "security", 3);
        assertThatThrownBy(() -> Memory.open(Optional.of(file), trust("root")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ");
        Files.writeString(file, note.print().replace("\n3\n", "\n2\n"));
        assertThatThrownBy(() -> Memory.open(Optional.of(file), trust("security")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> Memory.open(Optional.of(file), trust("security")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void withoutAFileItRemembersWhileItRuns() throws Exception {
        Memory memory = Memory.open(Optional.empty(), trust("security"));
        SignedNote note = believe(memory, "security", 3);
        assertThat(memory.note("log.example/security")).contains(note);
    }
}
