package io.meshtrail.ledger.fsck;

import io.meshtrail.segment.Segment;
import java.util.Optional;

/// `root` must have each segment of the manifest on record just as the manifest has it.
final class SealStatement {
    private SealStatement() {}

    static void check(Statements statements, Segment segment, Findings findings) {
        Optional<Statements.Stated> stated = statements.seal(segment.ledger(), segment.from(), segment.to());
        if (stated.isEmpty()) {
            findings.add(
                    segment.from(), segment.to(), "manifest", "root has no seal of " + segment.file() + " on record");
            return;
        }
        Statements.Stated seal = stated.orElseThrow();
        boolean same = seal.get("root").equals(segment.root().base64())
                && seal.get("sha256").equals(segment.sha256().hex())
                && seal.get("file").equals(segment.file())
                && seal.get("bytes").equals(Long.toString(segment.bytes()))
                && seal.get("first_time").equals(Long.toString(segment.firstTime()))
                && seal.get("last_time").equals(Long.toString(segment.lastTime()))
                && seal.get("sidecar_bytes")
                        .equals(segment.sidecar()
                                .map(sidecar -> Long.toString(sidecar.bytes()))
                                .orElse(""))
                && seal.get("sidecar_sha256")
                        .equals(segment.sidecar()
                                .map(sidecar -> sidecar.sha256().hex())
                                .orElse(""));
        if (!same) {
            findings.add(
                    segment.from(),
                    segment.to(),
                    "manifest",
                    "root/" + seal.rootIndex() + " records file " + seal.get("file")
                            + " with root " + seal.get("root") + ", SHA-256 " + seal.get("sha256") + ", "
                            + seal.get("bytes")
                            + " bytes and times from " + seal.get("first_time") + " to " + seal.get("last_time")
                            + ", sidecar " + seal.get("sidecar_sha256"));
        }
    }
}
