package io.meshtrail.cli;

import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Whom the caller trusts: keys of ledgers, and a policy that says which witnesses must have cosigned.
final class TrustOptions {
    @Option(names = "--key", paramLabel = "VKEY", description = "A ledger's verifier key; may be repeated.")
    private List<String> keys = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A C2SP tlog-policy: the witnesses that must have cosigned; its logs are trusted like --key.")
    private Optional<Path> policy = Optional.empty();

    private List<VerifierKey> trusted = List.of();
    private TlogPolicy demanded = TlogPolicy.NONE;

    /// Reads what was given.
    void read(CommandLine line) throws IOException {
        List<VerifierKey> all = new ArrayList<>();
        try {
            for (String key : keys) {
                all.add(VerifierKey.parse(key));
            }
        } catch (MalformedException wrong) {
            throw new ParameterException(line, "--key: " + wrong.getMessage(), wrong);
        }
        try {
            if (policy.isPresent()) {
                demanded = TlogPolicy.parse(Files.readAllBytes(policy.orElseThrow()));
                all.addAll(demanded.logKeys());
            }
        } catch (MalformedException wrong) {
            throw new ParameterException(line, "--policy: " + wrong.getMessage(), wrong);
        }
        trusted = all;
    }

    boolean areNone() {
        return trusted.isEmpty();
    }

    boolean demandWitnesses() {
        return policy.isPresent();
    }

    List<VerifierKey> keys() {
        return trusted;
    }

    CheckpointCheck check() {
        return new CheckpointCheck(trusted, demanded);
    }

    /// The same with one more key.
    CheckpointCheck checkWith(VerifierKey key) {
        List<VerifierKey> all = new ArrayList<>(trusted);
        all.add(key);
        return new CheckpointCheck(all, demanded);
    }
}
