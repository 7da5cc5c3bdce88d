package io.meshtrail.cli;

import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteFile;
import io.meshtrail.proof.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Hashes everything again.
@Command(
        name = "verify",
        description = {
            "Hashes every entry again and checks trees, tiles, signatures and files.",
            "With --checkpoint it also proves that the ledger still has the history that somebody remembers;"
                    + " alone, --checkpoint only checks the signatures.",
            "Exit code 0 if all is sound, 1 if not, 2 if the call is wrong."
        },
        mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "A data folder; a server may be running on it.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--url", paramLabel = "URL", description = "A server, or the prefix of one ledger.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Signed checkpoints that were kept elsewhere, one or many in a file, with or without other"
                    + " text around them; may be repeated.")
    private List<Path> checkpoints = List.of();

    @Mixin
    private TrustOptions trust = new TrustOptions();

    private final DataFolderCheck folders;

    Verify(DataFolderCheck folders) {
        this.folders = folders;
    }

    @Override
    public Integer call() throws Exception {
        boolean nothing = data.isEmpty() && url.isEmpty() && checkpoints.isEmpty();
        if (nothing || (data.isPresent() && url.isPresent())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "either --data DIR or --url URL --key VKEY is needed, or --checkpoint FILE --key VKEY alone");
        }
        trust.read(spec.commandLine());
        Remembered remembered = remembered();
        if (data.isPresent()) {
            if (!Files.isDirectory(data.orElseThrow())) {
                throw new ParameterException(spec.commandLine(), data.orElseThrow() + " is no folder");
            }
            return new VerifyFolder(spec.commandLine(), folders, trust).run(data.orElseThrow(), remembered);
        }
        if (trust.areNone()) {
            throw new ParameterException(
                    spec.commandLine(), "a --key VKEY for each ledger is needed, had by a way that you trust");
        }
        if (url.isPresent()) {
            return new VerifyRemote(spec.commandLine(), trust).run(url.orElseThrow(), remembered);
        }
        return new VerifyNotes(spec.commandLine(), trust).run(remembered);
    }

    private Remembered remembered() throws IOException {
        List<Remembered.Kept> kept = new ArrayList<>();
        for (Path file : checkpoints) {
            try {
                List<SignedNote> notes = NoteFile.parse(Files.readAllBytes(file));
                if (notes.isEmpty()) {
                    throw new ParameterException(spec.commandLine(), file + " holds no signed checkpoint");
                }
                notes.forEach(note -> kept.add(new Remembered.Kept(file.toString(), note)));
            } catch (MalformedException wrong) {
                throw new ParameterException(spec.commandLine(), file + ": " + wrong.getMessage(), wrong);
            }
        }
        return new Remembered(kept);
    }
}
