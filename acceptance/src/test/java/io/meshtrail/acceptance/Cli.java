package io.meshtrail.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `meshtrail` run once, to its end.
///
/// @param exit the exit code
/// @param output what it printed
/// @param errors what it complained of
record Cli(int exit, String output, String errors) {
    private static final long PATIENCE_SECONDS = 120;

    static Cli run(String... arguments) {
        return in(Path.of("").toAbsolutePath(), arguments);
    }

    /// @param folder where it runs
    static Cli in(Path folder, String... arguments) {
        return command(folder, Packaged.command(arguments));
    }

    /// Any program.
    static Cli command(Path folder, List<String> command) {
        try {
            Path output = Files.createTempFile("meshtrail", ".out");
            Path errors = Files.createTempFile("meshtrail", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " has not ended after " + PATIENCE_SECONDS + " s");
                }
                return new Cli(
                        process.exitValue(),
                        new String(Files.readAllBytes(output), StandardCharsets.UTF_8),
                        new String(Files.readAllBytes(errors), StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Both streams, for messages.
    @Override
    public String toString() {
        return "exit " + exit + "\n" + output + errors;
    }
}
