package io.meshtrail.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What other implementations sent and signed, recorded; see the README beside the files.
final class OthersTest {
    private static final Path RECORDED = Path.of("src", "test", "resources", "witness");

    @TempDir
    private Path folder;

    @Test
    void whatATesseraLogPostedIsAnsweredAsItWas() throws Exception {
        JsonNode recorded =
                JsonMapper.builder().build().readTree(Files.readAllBytes(RECORDED.resolve("tessera-requests.json")));
        VerifierKey log = VerifierKey.parse(recorded.get("log").asString());
        Witness witness = new WitnessFixture(folder).start(List.of(log), false);
        int cosigned = 0;
        for (JsonNode step : recorded.get("steps")) {
            byte[] body = step.get("request").asString().getBytes(StandardCharsets.UTF_8);
            WitnessAnswer answer = witness.addCheckpoint(body);
            assertThat(answer.status())
                    .as(answer.body())
                    .isEqualTo(step.get("status").asInt());
            cosigned += answer.status() == 200 ? 1 : 0;
        }
        assertThat(cosigned).isGreaterThanOrEqualTo(5);
        assertThat(witness.note(WitnessMemory.nameOf(log.name())).orElseThrow().text())
                .contains("\n250\n");
    }

    @Test
    void whatLitewitnessCosignedSatisfiesAPolicyThatAsksForIt() throws Exception {
        TlogPolicy policy = TlogPolicy.parse(Files.readAllBytes(RECORDED.resolve("litewitness.policy")));
        SignedNote note = SignedNote.parse(Files.readAllBytes(RECORDED.resolve("litewitness-cosigned.txt")));
        assertThat(note.verify(policy.logKeys())).isInstanceOf(NoteVerdict.Accepted.class);
        NoteVerdict.Accepted by = (NoteVerdict.Accepted) note.verify(policy.witnessKeys());
        assertThat(policy.isSatisfiedBy(policy.names(by.signers()))).isTrue();
        assertThat(by.signers().getFirst().timestamp()).isPresent();
    }
}
