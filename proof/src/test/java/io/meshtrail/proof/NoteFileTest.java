package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Notes are found in what people keep them in.
final class NoteFileTest {
    private static SignedNote note(int size) throws MalformedException {
        String origin = "log.example/n" + size;
        CompactRange range = new CompactRange();
        for (int i = 0; i < size; i++) {
            range.append(Hash.leaf(new byte[] {(byte) i}));
        }
        SigningKey key = SigningKey.ofSeed(origin, SignatureType.ED25519, new byte[32]);
        return Checkpoint.of(origin, range.head()).sign(key);
    }

    private static List<SignedNote> parse(String text) throws MalformedException {
        return NoteFile.parse(Utf8.encode(text));
    }

    @Test
    void notesAreFoundOneAfterTheOtherWithOrWithoutABlankLineBetween() throws Exception {
        assertThat(parse(note(1).print() + note(2).print() + "\n" + note(3).print()))
                .containsExactly(note(1), note(2), note(3));
    }

    @Test
    void aMailAroundANoteIsPassedOver() throws Exception {
        String mail = "From: auditor\nSubject: checkpoint\n\nDear all,\n\nthis is today's:\n\n" + note(2).print()
                + "\nRegards\n-- \nan auditor\n";
        assertThat(parse(mail)).containsExactly(note(2));
        assertThat(parse(mail.replace("\n", "\r\n"))).containsExactly(note(2));
    }

    @Test
    void theCheckpointInAProofIsFound() throws Exception {
        CompactRange range = new CompactRange();
        range.append(Hash.leaf(new byte[] {0}));
        String proof =
                "c2sp.org/tlog-proof@v1\nindex 0\n" + Hash.leaf(new byte[] {7}).base64() + "\n\n";
        assertThat(parse(proof + note(1).print())).containsExactly(note(1));
    }

    @Test
    void aNoteWithSeveralSignaturesStaysOne() throws Exception {
        SigningKey second = SigningKey.ofSeed("witness.example", SignatureType.ED25519, new byte[32]);
        SignedNote both = note(2).with(second.sign(note(2).text()));
        assertThat(parse(both.print() + note(3).print())).containsExactly(both, note(3));
    }

    @Test
    void aTextWithoutNotesHasNone() throws Exception {
        assertThat(parse("")).isEmpty();
        assertThat(parse("hello\n\nworld\n")).isEmpty();
        assertThat(parse("\u2014 alone.example AAAAAAAA\n")).isEmpty();
    }

    @Test
    void whatIsNoTextOrTooLargeIsRefused() {
        assertThatThrownBy(() -> NoteFile.parse(new byte[] {(byte) 0xff, 'a'})).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> NoteFile.parse(new byte[NoteFile.MAX_BYTES + 1]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> parse("text\n\n\u2014 log.example not!base64\n"))
                .isInstanceOf(MalformedException.class);
    }
}
