package io.meshtrail.witness;

import io.meshtrail.host.Host;
import io.meshtrail.ledger.StaleDataException;
import io.meshtrail.ledger.WitnessStatus;
import io.meshtrail.ledger.Witnessable;
import io.meshtrail.proof.AddCheckpointAnswer;
import io.meshtrail.proof.AddCheckpointRequest;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteSignature;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One ledger's talk with one cosigner: at most one request under way, and the memory of what it cosigned last. That
/// memory is a guess, which a 409 corrects; so it need not outlive the process.
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final Host host;
    private final Witnessable ledger;
    private final Cosigner cosigner;
    private final WitnessTransport transport;
    private final Duration timeout;
    private final Backoff backoff = new Backoff();

    /// The size that the cosigner has cosigned last, as far as we know.
    private long known;

    /// The text that it has cosigned last for us, and when.
    private String cosignedText = "";

    private long cosignedSize;
    private long cosignedAt;
    private Optional<Sent> sent = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    /// @param again whether it is the second try after a 409
    private record Sent(Candidate candidate, boolean again, CompletableFuture<WitnessTransport.Reply> reply) {}

    Asking(Host host, Witnessable ledger, Cosigner cosigner, WitnessTransport transport, Duration timeout) {
        this.host = host;
        this.ledger = ledger;
        this.cosigner = cosigner;
        this.transport = transport;
        this.timeout = timeout;
    }

    /// Whether an answer is under way.
    boolean isBusy() {
        return sent.isPresent();
    }

    /// Why it does not cosign, if so.
    Optional<String> trouble() {
        return trouble.map(words -> cosigner.shown() + ": " + words);
    }

    List<WitnessStatus> status() {
        return cosigner.witnesses().stream()
                .map(witness ->
                        new WitnessStatus(witness.name(), witness.key().toString(), cosignedSize, cosignedAt, trouble))
                .toList();
    }

    /// Asks for a cosignature if there is none yet and the cosigner is not left alone at the moment.
    void ask(Candidate candidate) {
        long elapsed = host.elapsed();
        boolean due = !cosignedText.equals(candidate.note().text()) && known <= candidate.size();
        if (!isBusy() && due && backoff.isOver(elapsed) && cosigner.backoff().isOver(elapsed)) {
            send(candidate, false);
        }
    }

    /// Asks whatever was answered before.
    void askAnew(Candidate candidate) {
        send(candidate, false);
    }

    private void send(Candidate candidate, boolean again) {
        List<Hash> proof = List.of();
        if (known > 0 && known < candidate.size()) {
            try {
                proof = ledger.consistency(known, candidate.size()).hashes();
            } catch (IOException unreadable) {
                complain("the proof from " + known + " to " + candidate.size() + " entries cannot be made: "
                        + unreadable.getMessage());
                backoff.failed(host.elapsed());
                return;
            }
        }
        byte[] body =
                new AddCheckpointRequest(known, proof, candidate.note()).print().getBytes(StandardCharsets.UTF_8);
        sent = Optional.of(new Sent(candidate, again, transport.post(cosigner.addCheckpoint(), body, timeout)));
    }

    /// Waits for the answer under way, if there is one; whether it came is for [#collect] to see.
    void await() throws InterruptedException {
        if (sent.isPresent()) {
            try {
                sent.orElseThrow().reply().get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.ExecutionException | TimeoutException silent) {
                // told by collect
            }
        }
    }

    /// Takes the answer, if it is there: the cosignatures that verify with the policy's keys.
    ///
    /// @param keys of all witnesses of the policy
    /// @param newest the size of the last checkpoint that was signed
    /// @throws StaleDataException if the cosigner knows a larger or another tree
    Optional<Cosigned> collect(List<VerifierKey> keys, long newest) throws StaleDataException {
        if (sent.isEmpty() || !sent.orElseThrow().reply().isDone()) {
            return Optional.empty();
        }
        Sent asked = sent.orElseThrow();
        sent = Optional.empty();
        WitnessTransport.Reply reply;
        try {
            reply = asked.reply().join();
        } catch (CompletionException silent) {
            failed("does not answer: " + words(silent));
            return Optional.empty();
        }
        return switch (reply.status()) {
            case 200 -> cosigned(asked, reply.body(), keys);
            case 409 -> {
                conflict(asked, reply.body(), newest);
                yield Optional.empty();
            }
            case 422 -> throw other(asked, reply.body());
            case 403, 404 -> {
                refused(
                        reply.status(),
                        "does not know this ledger or its key; give it this line: " + ledger.verifierKey()
                                + firstLine(reply.body()));
                yield Optional.empty();
            }
            default -> {
                if (reply.status() == 429 || reply.status() >= 500) {
                    failed("answers " + reply.status() + firstLine(reply.body()));
                } else {
                    refused(reply.status(), "refuses" + firstLine(reply.body()));
                }
                yield Optional.empty();
            }
        };
    }

    private Optional<Cosigned> cosigned(Sent asked, byte[] body, List<VerifierKey> keys) {
        List<NoteSignature> valid = new ArrayList<>();
        boolean own = false;
        try {
            for (NoteSignature line : AddCheckpointAnswer.cosignatures(body)) {
                SignedNote alone = new SignedNote(asked.candidate().note().text(), List.of(line));
                // Lines by keys that the policy does not have are normal (a new key before its time) and no use.
                if (alone.verify(keys) instanceof NoteVerdict.Accepted by) {
                    valid.add(line);
                    own |= cosigner.witnesses().stream()
                            .map(TlogPolicy.Witness::key)
                            .anyMatch(by::isSignedBy);
                }
            }
        } catch (MalformedException garbage) {
            refused(200, "what it answers is no cosignature: " + garbage.getMessage());
            return Optional.empty();
        }
        if (!own) {
            refused(200, "no line of its answer verifies with its key in the policy");
            return Optional.empty();
        }
        known = asked.candidate().size();
        cosignedText = asked.candidate().note().text();
        cosignedSize = known;
        cosignedAt = host.now();
        trouble = Optional.empty();
        backoff.succeeded();
        cosigner.backoff().succeeded();
        cosigner.countCosigned();
        return Optional.of(new Cosigned(asked.candidate(), valid));
    }

    /// Cosignatures over a candidate.
    record Cosigned(Candidate candidate, List<NoteSignature> lines) {}

    private void conflict(Sent asked, byte[] body, long newest) throws StaleDataException {
        long latest;
        if (body.length == 0 && asked.candidate().size() == known) {
            // Version 1.0.0 of the protocol says so where today's says 422.
            throw other(asked, body);
        }
        try {
            latest = AddCheckpointAnswer.latestSize(body);
        } catch (MalformedException garbage) {
            refused(409, "gives no size" + firstLine(body));
            return;
        }
        if (latest > newest) {
            ledger.stopSigning();
            throw new StaleDataException(cosigner.shown() + " has cosigned " + latest + " entries of ledger "
                    + ledger.name() + ", but the last checkpoint signed here has " + newest
                    + ": this is an older copy of data and state. Nothing more is signed; see docs/guide/witness.md");
        }
        known = latest;
        if (asked.again()) {
            refused(409, "knows " + latest + " entries, and another number a moment ago");
        } else if (latest <= asked.candidate().size()) {
            send(asked.candidate(), true);
        }
    }

    private StaleDataException other(Sent asked, byte[] body) {
        ledger.stopSigning();
        return new StaleDataException(cosigner.shown() + " has cosigned another tree of " + known
                + " entries of ledger " + ledger.name() + " than the one that is here and has "
                + asked.candidate().size() + firstLine(body)
                + ": the ledger was forked, or one of the two is damaged. Nothing more is signed; see"
                + " docs/guide/witness.md");
    }

    private void refused(int status, String why) {
        complain("answers " + status + ", " + why);
        backoff.failed(host.elapsed());
        cosigner.countRefused();
    }

    private void failed(String why) {
        complain(why);
        cosigner.backoff().failed(host.elapsed());
        cosigner.countFailed();
    }

    private void complain(String words) {
        if (trouble.isEmpty()) {
            LOG.warn("Ledger {}, {}: {}", ledger.name(), cosigner.shown(), words);
        }
        trouble = Optional.of(words);
    }

    private static String words(CompletionException silent) {
        Throwable cause = silent.getCause() == null ? silent : silent.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /// What a stranger says goes into logs and answers short and printable.
    private static String firstLine(byte[] body) {
        String line =
                new String(body, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        String shown = line.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.isBlank() ? "" : ": " + shown.substring(0, Math.min(200, shown.length()));
    }
}
