package io.meshtrail.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A place that keeps checkpoints in a list, or refuses as long as it is told to.
final class InMemoryAnchor implements Anchor {
    final List<Long> kept = new ArrayList<>();
    Optional<String> refusal = Optional.empty();
    private final String name;

    InMemoryAnchor(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public Receipt place(AnchoredCheckpoint checkpoint) throws IOException {
        if (refusal.isPresent()) {
            throw new IOException(refusal.orElseThrow());
        }
        kept.add(checkpoint.treeSize());
        byte[] token = ("token " + checkpoint.treeSize()).getBytes(StandardCharsets.UTF_8);
        return new Receipt(
                name + "/" + checkpoint.treeSize(),
                Map.of("count", Integer.toString(kept.size())),
                Map.of("token", token));
    }
}
