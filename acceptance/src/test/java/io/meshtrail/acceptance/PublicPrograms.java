package io.meshtrail.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Programs of others that check a ledger, installed once into `.build` from where their authors publish
/// them. Without network the tests that need one are skipped, and say so.
final class PublicPrograms {
    private static final String PYARROW = "pyarrow==26.0.1";
    private static final String FSCK = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4";
    private static final String INSTALL_SECONDS = "110";

    private PublicPrograms() {}

    /// A Python that has pyarrow, which is all that `docs/verify/recompute.py` needs besides OpenSSL.
    static Path python() throws IOException {
        Path venv = Packaged.root().resolve(".build/pyarrow-venv");
        Path python = venv.resolve("bin/python");
        Path done = venv.resolve(PYARROW);
        if (!Files.exists(done)) {
            orSkip("python3", "-m", "venv", "--clear", venv.toString());
            orSkip(python.toString(), "-m", "pip", "install", "-q", "--disable-pip-version-check", PYARROW);
            Files.createFile(done);
        }
        return python;
    }

    /// `fsck` of the Tessera project.
    static Path tesseraFsck() throws IOException {
        Path bin = Packaged.root().resolve(".build/tessera-fsck-" + FSCK.substring(FSCK.indexOf('@') + 1));
        Path fsck = bin.resolve("fsck");
        if (!Files.exists(fsck)) {
            // The Go that is here, not one that it would fetch for the occasion.
            orSkip("env", "GOTOOLCHAIN=local", "GOBIN=" + bin, "go", "install", FSCK);
        }
        return fsck;
    }

    private static void orSkip(String... command) {
        List<String> bounded = new ArrayList<>(List.of("timeout", INSTALL_SECONDS));
        bounded.addAll(List.of(command));
        Cli run = Cli.command(Packaged.root(), bounded);
        if (run.exit() != 0) {
            String words = "SKIPPED, since " + String.join(" ", command) + " failed: " + run;
            System.err.println(words);
            Assumptions.abort(words);
        }
    }
}
