package io.meshtrail.witness;

import io.meshtrail.host.Host;
import io.meshtrail.ledger.WitnessStatus;
import io.meshtrail.ledger.Witnessable;
import io.meshtrail.proof.NoteSignature;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cosigning of one ledger. All cosigners are asked for the same checkpoint, the candidate; once no answer is under
/// way any more, the newest signed checkpoint takes its place. So a quorum is never spread over checkpoints, and one
/// slow cosigner delays the next candidate by no more than its time-out.
final class Cosigning {
    private static final Logger LOG = LoggerFactory.getLogger(Cosigning.class);

    private final Host host;
    private final Witnessable ledger;
    private final TlogPolicy policy;
    private final List<Asking> askings;

    private Optional<Candidate> candidate = Optional.empty();
    private final List<NoteSignature> collected = new ArrayList<>();

    /// Whether there are collected lines that were not weighed yet.
    private boolean weigh;

    /// Nothing is shown before `root` says by which policy.
    private boolean showing;

    /// The text of the last checkpoint that has its quorum.
    private String witnessedText = "";

    /// Since when there has been a checkpoint without a quorum.
    private OptionalLong waiting = OptionalLong.empty();

    Cosigning(Host host, Witnessable ledger, TlogPolicy policy, List<Asking> askings) {
        this.host = host;
        this.ledger = ledger;
        this.policy = policy;
        this.askings = List.copyOf(askings);
    }

    String name() {
        return ledger.name();
    }

    /// Shows the note that an earlier run has left, if it satisfies the policy of today.
    void restore() throws IOException {
        Optional<SignedNote> note = ledger.remembered();
        if (note.isPresent() && isSatisfied(note.orElseThrow())) {
            ledger.witnessed(note.orElseThrow());
            witnessedText = note.orElseThrow().text();
        }
    }

    /// Asks all cosigners about the last checkpoint, whatever they have answered before.
    void askAnew() {
        candidate = ledger.signed().map(Candidate::of);
        if (candidate.isPresent()) {
            askings.forEach(asking -> asking.askAnew(candidate.orElseThrow()));
        }
    }

    /// Waits for the answers to [#askAnew], or for the end of patience; an answer may need a second question.
    void awaitAnswers() throws IOException, InterruptedException {
        for (int round = 0; round < 2; round++) {
            for (Asking asking : askings) {
                asking.await();
            }
            collect();
        }
    }

    /// What has its quorum may be shown from now on.
    void mayShow() {
        showing = true;
    }

    /// Takes what has been answered and asks for what is missing.
    void advance() throws IOException {
        collect();
        Optional<Candidate> newest = ledger.signed().map(Candidate::of);
        boolean busy = askings.stream().anyMatch(Asking::isBusy);
        if (!busy && newest.isPresent() && !newest.equals(candidate)) {
            candidate = newest;
            collected.clear();
            weigh = false;
        }
        if (candidate.isPresent()) {
            askings.forEach(asking -> asking.ask(candidate.orElseThrow()));
        }
        boolean upToDate =
                newest.isEmpty() || newest.orElseThrow().note().text().equals(witnessedText);
        if (upToDate) {
            waiting = OptionalLong.empty();
        } else if (waiting.isEmpty()) {
            waiting = OptionalLong.of(host.elapsed());
        }
    }

    private void collect() throws IOException {
        long newest = ledger.signed().map(note -> Candidate.of(note).size()).orElse(0L);
        boolean heard = false;
        for (Asking asking : askings) {
            boolean busy = asking.isBusy();
            Optional<Asking.Cosigned> answer = asking.collect(policy.witnessKeys(), newest);
            heard |= busy && !asking.isBusy();
            if (answer.isPresent() && answer.map(Asking.Cosigned::candidate).equals(candidate)) {
                answer.orElseThrow().lines().stream()
                        .filter(line -> !collected.contains(line))
                        .forEach(collected::add);
                weigh = true;
            }
        }
        if (heard) {
            report();
        }
        if (weigh && showing) {
            show(candidate.orElseThrow());
        }
    }

    private void show(Candidate cosigned) {
        List<NoteSignature> lines = new ArrayList<>(cosigned.note().signatures());
        lines.addAll(collected);
        SignedNote note = new SignedNote(cosigned.note().text(), lines);
        weigh = false;
        if (!isSatisfied(note)) {
            return;
        }
        try {
            ledger.witnessed(note);
            witnessedText = note.text();
            waiting = OptionalLong.empty();
        } catch (IOException full) {
            // Not shown, since a restart would not remember it; the next step tries again.
            weigh = true;
            LOG.warn("The witnessed checkpoint of ledger {} cannot be kept: {}", ledger.name(), full.getMessage());
        }
    }

    private boolean isSatisfied(SignedNote note) {
        return note.verifyAny(policy.witnessKeys()) instanceof NoteVerdict.Accepted by
                && policy.isSatisfiedBy(policy.names(by.signers()));
    }

    void report() {
        List<WitnessStatus> all = new ArrayList<>();
        askings.forEach(asking -> all.addAll(asking.status()));
        ledger.report(all);
    }

    /// [Host#elapsed] since when a checkpoint has been without its quorum; empty if the last one has it.
    OptionalLong waiting() {
        return waiting;
    }

    /// What the cosigners complain of.
    List<String> troubles() {
        return askings.stream().flatMap(asking -> asking.trouble().stream()).toList();
    }
}
