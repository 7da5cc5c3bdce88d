package io.meshtrail.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The names in a folder: as everybody sees them, and as the platters have them. A rename is one change.
final class SimulatedFolder implements SimulatedNode {
    private TreeMap<String, SimulatedNode> names = new TreeMap<>();
    private TreeMap<String, SimulatedNode> durable = new TreeMap<>();

    /// What was done since the last sync, in order.
    private final List<Consumer<Map<String, SimulatedNode>>> unsynced = new ArrayList<>();

    Map<String, SimulatedNode> names() {
        return names;
    }

    void link(String name, SimulatedNode node) {
        change(all -> all.put(name, node));
    }

    void unlink(String name) {
        change(all -> all.remove(name));
    }

    void rename(String from, String to) {
        SimulatedNode node = names.get(from);
        change(all -> {
            all.remove(from);
            all.put(to, node);
        });
    }

    private void change(Consumer<Map<String, SimulatedNode>> change) {
        change.accept(names);
        unsynced.add(change);
    }

    void sync() {
        durable = new TreeMap<>(names);
        unsynced.clear();
    }

    /// A sync that fails.
    void loseUnsynced() {
        names = new TreeMap<>(durable);
        unsynced.clear();
    }

    @Override
    public void losePower(Random random) {
        TreeMap<String, SimulatedNode> left = new TreeMap<>(durable);
        int kept = random.nextInt(unsynced.size() + 1);
        unsynced.subList(0, kept).forEach(change -> change.accept(left));
        names = left;
        sync();
        names.values().forEach(node -> node.losePower(random));
    }

    @Override
    public SimulatedFolder copy() {
        SimulatedFolder copy = new SimulatedFolder();
        names.forEach((name, node) -> copy.names.put(name, node.copy()));
        copy.sync();
        return copy;
    }

    @Override
    public SimulatedFolder durableCopy() {
        SimulatedFolder copy = new SimulatedFolder();
        durable.forEach((name, node) -> copy.names.put(name, node.durableCopy()));
        copy.sync();
        return copy;
    }
}
