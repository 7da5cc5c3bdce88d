package io.meshtrail.cli;

import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyProof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks a proof without any server.
@Command(
        name = "verify-proof",
        description = "Checks offline that an entry is in a ledger. Exit code 0 if it is, 1 if that is not proven.",
        mixinStandardHelpOptions = true)
final class VerifyProofCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The .tlog-proof file.")
    private Path proof = Path.of("");

    @Option(names = "--entry", paramLabel = "FILE", required = true, description = "The exact bytes of the entry.")
    private Path entry = Path.of("");

    @Option(names = "--key", paramLabel = "VKEY", description = "The ledger's verifier key; may be repeated.")
    private List<String> keys = List.of();

    @Option(names = "--policy", paramLabel = "FILE", description = "A C2SP tlog-policy with the witnesses to demand.")
    private Optional<Path> policy = Optional.empty();

    @Override
    public Integer call() throws Exception {
        List<VerifierKey> trusted = new ArrayList<>();
        TlogPolicy demanded = TlogPolicy.NONE;
        try {
            for (String key : keys) {
                trusted.add(VerifierKey.parse(key));
            }
            if (policy.isPresent()) {
                demanded = TlogPolicy.parse(Files.readAllBytes(policy.orElseThrow()));
                trusted.addAll(demanded.logKeys());
            }
        } catch (MalformedException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        if (trusted.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "a --key or a --policy with a log is needed");
        }
        VerifyProof.Result result =
                new VerifyProof(trusted, demanded).check(Files.readAllBytes(proof), Files.readAllBytes(entry));
        return switch (result) {
            case VerifyProof.Result.Ok ok -> {
                spec.commandLine().getOut().println("proven: " + ok.words());
                yield 0;
            }
            case VerifyProof.Result.Failed failed -> {
                spec.commandLine().getErr().println("not proven, at " + failed.step() + ": " + failed.words());
                yield 1;
            }
        };
    }
}
