package io.meshtrail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.proof.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of checkpoints.
class CheckpointListTest {
    private static final String NOTE = new String(SampleCheckpoints.note(7), StandardCharsets.UTF_8);

    @Test
    void what_is_appended_is_read_again_in_order() throws Exception {
        CheckpointList list = new CheckpointList(List.of());
        assertThat(CheckpointList.parse(list.print())).isEqualTo(list);
        for (long size = 1; size <= 5; size++) {
            list = list.with(SampleCheckpoints.of(size));
            assertThat(CheckpointList.parse(list.print())).isEqualTo(list);
        }
        assertThat(list.checkpoints()).extracting(AnchoredCheckpoint::treeSize).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "x", "@\n", "\n@", "@@", "@\n\n@", "@\n@\n", "a\n\n@", "@\r\n"})
    void anything_else_is_refused(String form) {
        byte[] bytes = form.replace("@", NOTE).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CheckpointList.parse(bytes)).isInstanceOf(MalformedException.class);
    }
}
