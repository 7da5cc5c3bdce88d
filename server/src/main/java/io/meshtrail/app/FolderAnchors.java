package io.meshtrail.app;

import io.meshtrail.anchor.AnchorRecord;
import io.meshtrail.anchor.rfc3161.KeptTimeStamp;
import io.meshtrail.anchor.rfc3161.PinnedRoots;
import io.meshtrail.cli.AnchorFolder;
import io.meshtrail.engine.EngineSettings;
import io.meshtrail.engine.TableEngine;
import io.meshtrail.engine.duckdb.DuckDbEngine;
import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.fsck.Fsck;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `meshtrail anchors`, from a data folder.
final class FolderAnchors implements AnchorFolder {
    private static final long ENGINE_BYTES = 256L << 20;

    @Override
    public List<AnchorRecord> records(Path data) throws IOException {
        Path folder = data.toAbsolutePath();
        Disk disk = new SystemDisk();
        SegmentFiles files = new SegmentFiles(folder);
        Path temporary = Files.createTempDirectory("meshtrail-anchors");
        EngineSettings settings = new EngineSettings(ENGINE_BYTES, 1, temporary, List.of(files.folder()), 1, false);
        try (TableEngine engine = DuckDbEngine.open(settings)) {
            SegmentReader reader = new SegmentReader(engine, files);
            List<AnchorRecord> records = new ArrayList<>();
            for (Map<String, String> attributes : new Fsck(
                            disk,
                            folder,
                            (segment, visitor) -> reader.read(segment, segment.from(), segment.to(), visitor::entry),
                            name -> FileJournal.inspect(
                                    disk, folder.resolve("journal").resolve(name)),
                            (checked, of) -> {})
                    .anchors()) {
                records.add(AnchorRecord.of(attributes, 0));
            }
            return records;
        } catch (MalformedException contradictory) {
            throw new IOException("an anchor entry of root: " + contradictory.getMessage(), contradictory);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public String check(Path data, AnchorRecord record, Optional<Path> ca) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (Map.Entry<String, Hash> file : record.files().entrySet()) {
            byte[] bytes = Files.readAllBytes(data.resolve(file.getKey()));
            if (!AnchorRecord.sha256(bytes).equals(file.getValue())) {
                throw new IOException(file.getKey() + " does not have the SHA-256 "
                        + file.getValue().hex());
            }
            files.put(file.getKey().substring(file.getKey().lastIndexOf('.') + 1), bytes);
        }
        byte[] note = files.get("checkpoint");
        if (note != null && !Arrays.equals(note, record.checkpoint().bytes())) {
            throw new IOException("the note that is kept is not the one on record");
        }
        if (!record.kind().equals("rfc3161")) {
            return "look there: " + record.locator();
        }
        Optional<PinnedRoots> roots = Optional.empty();
        if (ca.isPresent()) {
            roots = Optional.of(PinnedRoots.ofPem(Files.readAllBytes(ca.orElseThrow())));
        }
        return KeptTimeStamp.check(record, files, roots);
    }
}
