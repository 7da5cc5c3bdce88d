package io.meshtrail.cli;

import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.RemoteLedger;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifyUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/// `verify --url`: everything that a server shows of its ledgers, against signatures and against what is
/// remembered.
final class VerifyRemote {
    private final CommandLine line;
    private final TrustOptions trust;

    VerifyRemote(CommandLine line, TrustOptions trust) {
        this.line = line;
        this.trust = trust;
    }

    int run(URI where, Remembered remembered) throws IOException, InterruptedException {
        List<Checkpoint> trusted = new ArrayList<>();
        int exit = 0;
        CheckpointCheck signatures = new CheckpointCheck(trust.keys(), TlogPolicy.NONE);
        for (Remembered.Kept kept : remembered.notes()) {
            switch (signatures.check(kept.note())) {
                case CheckpointCheck.Result.Trusted good -> trusted.add(good.checkpoint());
                case CheckpointCheck.Result.Refused refused -> {
                    bad(kept.file() + ": " + refused.why());
                    exit = 1;
                }
            }
        }
        Set<String> compared = new HashSet<>();
        HttpClient client = RemoteLedger.client();
        try {
            for (URI ledger : ServedLedgers.at(where)) {
                exit = Math.max(exit, ledger(ledger, client, trusted, compared));
            }
        } finally {
            client.shutdownNow();
        }
        for (Checkpoint each : trusted) {
            if (exit == 0 && !compared.contains(each.origin()) && !ServedLedgers.isOne(where)) {
                bad("the checkpoint of " + each.origin() + " with size " + each.treeSize()
                        + " was not compared: no ledger there has that origin");
                exit = 1;
            }
        }
        return exit;
    }

    private int ledger(URI prefix, HttpClient client, List<Checkpoint> trusted, Set<String> compared)
            throws InterruptedException {
        ProgressLine progress = new ProgressLine(line.getErr());
        RemoteLedger ledger = new RemoteLedger(prefix, client);
        VerifyUrl.Result result = new VerifyUrl(ledger, trust.check(), trusted).run(progress::show);
        progress.end();
        return switch (result) {
            case VerifyUrl.Result.Sound sound -> {
                String origin = sound.checkpoint().origin();
                compared.add(origin);
                long kept = trusted.stream()
                        .filter(each -> each.origin().equals(origin))
                        .count();
                line.getOut()
                        .println(Output.plain("sound: " + sound.words()
                                + (kept == 0 ? "" : "; " + kept + " remembered checkpoints compared")));
                yield 0;
            }
            case VerifyUrl.Result.Broken broken -> {
                bad(broken.url() + ", entries " + broken.first() + " to " + Math.max(broken.first(), broken.end() - 1)
                        + ": " + broken.words());
                yield 1;
            }
            case VerifyUrl.Result.Unreachable unreachable -> {
                line.getErr().println(Output.plain("not verified: " + prefix + ": " + unreachable.words()));
                yield 1;
            }
        };
    }

    private void bad(String words) {
        line.getErr().println("BAD: " + Output.plain(words));
    }
}
