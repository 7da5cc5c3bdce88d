package io.meshtrail.anchor.git;

import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs `git` in a bare repository of our own. Arguments go to it as they are, never through a shell; it
/// never asks a person; hooks are off.
final class GitProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// As much of its complaint as an error message bears.
    private static final int WORDS = 400;

    private final Disk disk;
    private final Path folder;
    private final GitSettings.Author author;

    /// @param folder the bare repository; its streams are files beside it
    GitProgram(Disk disk, Path folder, GitSettings.Author author) {
        this.disk = disk;
        this.folder = folder;
        this.author = author;
    }

    /// How a run ended.
    ///
    /// @param output what it printed
    /// @param errors what it complained of, shortened
    record Run(int exit, byte[] output, String errors) {
        String text() {
            return new String(output, StandardCharsets.UTF_8).strip();
        }
    }

    /// Runs it and expects success.
    ///
    /// @throws IOException with its own words if it fails or does not end in time
    Run run(byte[] input, String... arguments) throws IOException, InterruptedException {
        Run run = attempt(input, arguments);
        if (run.exit() != 0) {
            throw new IOException("git " + arguments[0] + " ended with " + run.exit() + ": " + run.errors());
        }
        return run;
    }

    /// Runs it to its end, however it ends.
    Run attempt(byte[] input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + folder, "-c", "core.hooksPath=/dev/null"));
        command.addAll(List.of(arguments));
        // Files, not pipes: a program that hangs with an open pipe would hang its reader too.
        Path stdin = folder.resolveSibling(folder.getFileName() + ".in");
        Path stdout = folder.resolveSibling(folder.getFileName() + ".out");
        Path stderr = folder.resolveSibling(folder.getFileName() + ".err");
        disk.replace(stdin, input);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(stdin.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        quiet(builder.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("git " + arguments[0] + " has not ended after " + PATIENCE.toSeconds() + " s");
            }
            return new Run(process.exitValue(), disk.read(stdout), shortened(disk.read(stderr)));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void quiet(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.equals("GIT_DIR")
                        || name.equals("GIT_WORK_TREE")
                        || name.equals("GIT_INDEX_FILE")
                        || name.equals("GIT_OBJECT_DIRECTORY"));
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("LC_ALL", "C");
        environment.putIfAbsent("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        environment.put("GIT_AUTHOR_NAME", author.name());
        environment.put("GIT_AUTHOR_EMAIL", author.mail());
        environment.put("GIT_COMMITTER_NAME", author.name());
        environment.put("GIT_COMMITTER_EMAIL", author.mail());
    }

    /// One line, without user names and passwords in URLs.
    private static String shortened(byte[] errors) {
        String words = new String(errors, StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll("://[^/@ ]*@", "://");
        return words.length() <= WORDS ? words : words.substring(0, WORDS) + "…";
    }
}
