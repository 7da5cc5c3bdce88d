package io.meshtrail.anchor;

import io.meshtrail.proof.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A text file of checkpoints, oldest first: each a complete signed note, an empty line between two of
/// them. A checkpoint has no empty line but the one before its signatures, so the blocks alternate and
/// nothing is ambiguous.
///
/// @param checkpoints as they stand in the file
public record CheckpointList(List<AnchoredCheckpoint> checkpoints) {
    public CheckpointList {
        checkpoints = List.copyOf(checkpoints);
    }

    /// Reads a file; one without bytes has no checkpoints.
    ///
    /// @throws MalformedException if it holds anything else
    public static CheckpointList parse(byte[] bytes) throws MalformedException {
        List<AnchoredCheckpoint> checkpoints = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (int from = 0; from < text.length(); ) {
            int signatures = text.indexOf("\n\n", from);
            int gap = signatures < 0 ? -1 : text.indexOf("\n\n", signatures + 2);
            int end = gap < 0 ? text.length() : gap + 1;
            try {
                checkpoints.add(
                        AnchoredCheckpoint.parse(text.substring(from, end).getBytes(StandardCharsets.UTF_8)));
            } catch (MalformedException broken) {
                throw new MalformedException("checkpoint " + (checkpoints.size() + 1) + ": " + broken.getMessage());
            }
            from = gap < 0 ? end : gap + 2;
        }
        CheckpointList list = new CheckpointList(checkpoints);
        if (!Arrays.equals(list.print(), bytes)) {
            throw new MalformedException("the list is not written as checkpoints with one empty line between them");
        }
        return list;
    }

    /// The same with one more at the end.
    public CheckpointList with(AnchoredCheckpoint next) {
        List<AnchoredCheckpoint> more = new ArrayList<>(checkpoints);
        more.add(next);
        return new CheckpointList(more);
    }

    /// The file.
    public byte[] print() {
        StringBuilder text = new StringBuilder();
        for (AnchoredCheckpoint each : checkpoints) {
            text.append(text.isEmpty() ? "" : "\n").append(each.note().print());
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
