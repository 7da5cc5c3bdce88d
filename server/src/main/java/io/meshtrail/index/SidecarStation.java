package io.meshtrail.index;

import io.meshtrail.host.Station;
import io.meshtrail.segment.ManifestFile;
import io.meshtrail.segment.Segment;
import io.meshtrail.segment.SegmentDamagedException;
import io.meshtrail.segment.Sidecar;
import io.meshtrail.segment.Sidecars;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the sidecar of each segment before it is believed, youngest first, and makes those again that are
/// missing, damaged or of another version; then brings checked ones together in summaries. A segment whose
/// rows are damaged too is left to `verify` and the scrub, and is read whole by searches.
public final class SidecarStation implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(SidecarStation.class);

    private final ManifestFile manifest;
    private final Sidecars sidecars;
    private final NeedleIndex needles;
    private final Set<Segment> hopeless = new HashSet<>();

    public SidecarStation(ManifestFile manifest, Sidecars sidecars, NeedleIndex needles) {
        this.manifest = manifest;
        this.sidecars = sidecars;
        this.needles = needles;
    }

    /// Checks or makes one sidecar.
    @Override
    public boolean advance() throws IOException {
        List<Segment> live = manifest.current().segments();
        for (Segment segment : live.reversed()) {
            if (!needles.isChecked(segment) && !hopeless.contains(segment)) {
                settle(segment);
                return true;
            }
        }
        needles.retain(manifest.current());
        hopeless.retainAll(Set.copyOf(live));
        return needles.sumUp(live);
    }

    private void settle(Segment segment) throws IOException {
        if (sidecars.isSound(segment)) {
            needles.check(segment);
            return;
        }
        try {
            rebuild(segment);
        } catch (SegmentDamagedException damaged) {
            if (isLive(segment)) {
                hopeless.add(segment);
                LOG.error("No sidecar can be made of damaged rows: {}", damaged.getMessage());
            }
        }
    }

    private void rebuild(Segment segment) throws IOException {
        Sidecar made = sidecars.rebuild(segment);
        if (!isLive(segment)) {
            // A merge or a pruning has let it go meanwhile, and its file with it.
            sidecars.remove(segment);
            return;
        }
        LOG.info("The sidecar of {} of {} was made again: {} bytes", segment.file(), segment.ledger(), made.bytes());
        if (segment.sidecar().filter(stated -> !stated.equals(made)).isPresent()) {
            LOG.error(
                    "The sidecar of {} of {} is not the one on record; verify names what is wrong",
                    segment.file(),
                    segment.ledger());
        }
        needles.check(segment);
    }

    private boolean isLive(Segment segment) {
        return manifest.current().of(segment.ledger()).contains(segment);
    }

    @Override
    public void awaitWork() throws InterruptedException {
        Thread.sleep(200);
    }
}
