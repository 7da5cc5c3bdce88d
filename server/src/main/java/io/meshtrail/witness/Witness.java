package io.meshtrail.witness;

import io.meshtrail.host.Host;
import io.meshtrail.proof.AddCheckpointRequest;
import io.meshtrail.proof.AddCheckpointVerdict;
import io.meshtrail.proof.LogKeys;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteSignature;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A witness (C2SP tlog-witness): it cosigns a log's checkpoint if that is proven to extend the one it cosigned last.
/// Any number of threads may ask; for each origin one at a time is judged.
public final class Witness {
    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final long NANOS = 1_000_000_000L;

    private final Host host;
    private final WitnessKeys keys;
    private final KnownLogs logs;
    private final WitnessMemory memory;
    private final Evidence evidence;

    /// By origin of a known log, what holds back its other requests meanwhile.
    private final Map<String, Object> turns = new ConcurrentHashMap<>();

    /// @param state the folder of its memory, which this process has locked
    public Witness(Host host, Path state, WitnessKeys keys, KnownLogs logs) {
        this.host = host;
        this.keys = keys;
        this.logs = logs;
        this.memory = new WitnessMemory(host.disk(), state, keys.verifierKeys());
        this.evidence = new Evidence(host.disk(), state.resolve("evidence"));
    }

    /// Answers a body that was posted to `add-checkpoint`.
    public WitnessAnswer addCheckpoint(byte[] body) {
        AddCheckpointRequest request;
        try {
            request = AddCheckpointRequest.parse(body);
        } catch (MalformedException malformed) {
            return WitnessAnswer.text(400, malformed.getMessage() + "\n");
        }
        try {
            LogKeys known = logs.keys();
            if (!known.knows(request.origin())) {
                return WitnessAnswer.text(404, "the log " + request.origin() + " is not known here\n");
            }
            // Judging, remembering and answering are one act: a slower, smaller request must not roll it back.
            synchronized (turns.computeIfAbsent(request.origin(), origin -> new Object())) {
                return judge(request, known);
            }
        } catch (IOException broken) {
            LOG.error("Nothing can be cosigned for {}: {}", request.origin(), broken.getMessage());
            return WitnessAnswer.text(500, "the witness cannot read or write its memory\n");
        } catch (MalformedException impossible) {
            throw new IllegalStateException("a request that was parsed does not parse", impossible);
        }
    }

    private WitnessAnswer judge(AddCheckpointRequest request, LogKeys known) throws IOException, MalformedException {
        return switch (AddCheckpointVerdict.of(request, known, memory.latest(request.origin()))) {
            case AddCheckpointVerdict.Cosign cosign -> cosign(request, known);
            case AddCheckpointVerdict.Refuse refuse
            when refuse.latestSize().isPresent() ->
                WitnessAnswer.size(refuse.latestSize().orElseThrow());
            case AddCheckpointVerdict.Refuse refuse -> {
                if (refuse.status() == 422) {
                    evidence.keep(
                            request.note(),
                            request.origin(),
                            refuse.why(),
                            note(WitnessMemory.nameOf(request.origin())));
                }
                yield WitnessAnswer.text(refuse.status(), refuse.why() + "\n");
            }
        };
    }

    private WitnessAnswer cosign(AddCheckpointRequest request, LogKeys known) throws IOException {
        String text = request.note().text();
        List<NoteSignature> ours = keys.cosign(text, Math.max(1, host.now() / NANOS));
        List<NoteSignature> all = new ArrayList<>(signedByLog(request, known));
        all.addAll(ours);
        // A crash after this line leaves a memory of what was never answered: the log asks again and gets 409, and
        // then its cosignature. The other way round it could get a second, contradicting one.
        memory.remember(request.origin(), new SignedNote(text, all));
        return WitnessAnswer.text(
                200, ours.stream().map(line -> line.line() + "\n").collect(Collectors.joining()));
    }

    /// The log's own lines: what else the request carried is nobody's word.
    private static List<NoteSignature> signedByLog(AddCheckpointRequest request, LogKeys known) {
        List<VerifierKey> keys = known.keys().stream()
                .filter(key -> key.name().equals(request.origin()))
                .toList();
        return request.note().signatures().stream()
                .filter(line -> new SignedNote(request.note().text(), List.of(line)).verify(keys)
                        instanceof NoteVerdict.Accepted)
                .distinct()
                .toList();
    }

    /// The checkpoint that was cosigned last, for monitors.
    ///
    /// @param name lower-case hexadecimal SHA-256 of the origin
    public Optional<SignedNote> note(String name) throws IOException {
        return memory.note(name);
    }

    /// The keys of its cosignatures, one a line.
    public String verifierKeys() {
        return keys.verifierKeys().stream().map(key -> key + "\n").collect(Collectors.joining());
    }
}
