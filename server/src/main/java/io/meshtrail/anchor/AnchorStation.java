package io.meshtrail.anchor;

import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Sends the newest checkpoint of `root` to each anchor once an interval, if it grew, and records where it
/// lies. Each anchor has its own time-table and its own pauses after failures.
public final class AnchorStation implements Station {
    /// Anchors work by the hour; looking often would cost more than it gives.
    private static final long NAP_MILLIS = 100;

    private final List<Lane> lanes;

    private AnchorStation(List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    /// @param data the data folder; what must be kept of receipts goes to `anchors/` in it
    /// @param newest the newest published checkpoint of `root`, verbatim
    /// @param interval how often each anchor gets one
    /// @param last what `root` has on record last, by the anchor's name
    public static AnchorStation open(
            Host host,
            Path data,
            List<Anchor> anchors,
            AnchorRecorder recorder,
            Supplier<Optional<byte[]>> newest,
            Duration interval,
            Map<String, AnchorRecord> last)
            throws IOException {
        AnchorFiles files = new AnchorFiles(host.disk(), data);
        List<Lane> lanes = new ArrayList<>();
        for (Anchor anchor : anchors) {
            Optional<AnchorRecord> record = Optional.ofNullable(last.get(anchor.name()));
            files.removeUnrecorded(
                    anchor.name(),
                    record.map(each -> each.checkpoint().treeSize()).orElse(0L));
            lanes.add(new Lane(host, anchor, files, recorder, newest, interval, record));
        }
        return new AnchorStation(lanes);
    }

    /// How each anchor stands, in the order of the configuration.
    public List<AnchorStatus> statuses() {
        return lanes.stream().map(Lane::status).toList();
    }

    @Override
    public boolean advance() throws InterruptedException {
        for (Lane lane : lanes) {
            lane.advance();
        }
        return false;
    }

    @Override
    public void awaitWork() throws InterruptedException {
        Thread.sleep(NAP_MILLIS);
    }
}
