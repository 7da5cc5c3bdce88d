package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A witness answers every step of the published sequences (must-pass item 10, the part without a server).
final class AddCheckpointTest {
    @Test
    void everyStepIsAnsweredAsStatedAndTheStateFollows() throws Exception {
        Json vectors = Json.read("witness/add-checkpoint.json");
        LogKeys keys = new LogKeys(
                List.of(VerifierKey.parse(vectors.get("log").get("vkey").text())));
        int steps = 0;
        for (Json sequence : vectors.get("sequences").list()) {
            TreeHead latest = TreeHead.EMPTY;
            for (Json step : sequence.get("steps").list()) {
                Answer answer = answer(step.get("request").text(), keys, latest);
                latest = answer.latest();
                String what =
                        sequence.get("name").text() + ": " + step.get("what").text();
                assertThat(answer.status()).as("%s, %s", what, answer.why()).isEqualTo((int)
                        step.get("status").number());
                assertThat(latest.treeSize())
                        .as(what)
                        .isEqualTo(step.get("size_after").number());
                if (step.has("content_type")) {
                    assertThat(step.get("content_type").text()).isEqualTo(AddCheckpointVerdict.SIZE_CONTENT_TYPE);
                    assertThat(answer.size().orElseThrow() + "\n")
                            .isEqualTo(step.get("body").text());
                }
                steps++;
            }
        }
        assertThat(steps).isEqualTo(24);
    }

    @Test
    void theTransparencyDevWitnessPairIsConsistent() throws Exception {
        Json monkeys = Json.read("witness/add-checkpoint.json").get("monkeys");
        LogKeys keys =
                new LogKeys(List.of(VerifierKey.parse(monkeys.get("log_vkey").text())));
        SignedNote five = SignedNote.parse(monkeys.get("checkpoint_5").text());
        SignedNote eight = SignedNote.parse(monkeys.get("checkpoint_8").text());
        Answer first = answer(new AddCheckpointRequest(0, List.of(), five).print(), keys, TreeHead.EMPTY);
        assertThat(first.status()).isEqualTo(200);
        AddCheckpointRequest growth =
                new AddCheckpointRequest(5, monkeys.get("consistency_5_8_hex").hexes(), eight);
        assertThat(answer(growth.print(), keys, first.latest()).status()).isEqualTo(200);
    }

    private record Answer(int status, String why, Optional<Long> size, TreeHead latest) {}

    private static Answer answer(String body, LogKeys keys, TreeHead latest) {
        try {
            return switch (AddCheckpointVerdict.of(AddCheckpointRequest.parse(Utf8.encode(body)), keys, latest)) {
                case AddCheckpointVerdict.Cosign cosign -> new Answer(200, "", Optional.empty(), cosign.head());
                case AddCheckpointVerdict.Refuse refuse ->
                    new Answer(refuse.status(), refuse.why(), refuse.latestSize(), latest);
            };
        } catch (MalformedException malformed) {
            return new Answer(400, malformed.getMessage(), Optional.empty(), latest);
        }
    }
}
