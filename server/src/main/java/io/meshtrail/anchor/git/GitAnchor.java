package io.meshtrail.anchor.git;

import io.meshtrail.anchor.Anchor;
import io.meshtrail.anchor.AnchoredCheckpoint;
import io.meshtrail.anchor.CheckpointList;
import io.meshtrail.anchor.Receipt;
import io.meshtrail.host.Disk;
import io.meshtrail.proof.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Appends the note to a file in a repository, commits, pushes. It works in a throw-away bare repository
/// that holds nothing but the branch's newest commit, so there is nothing to repair and nothing of the
/// others' history here.
public final class GitAnchor implements Anchor {
    private static final byte[] NOTHING = new byte[0];
    private static final String TIP = "refs/meshtrail/tip";

    /// Somebody else may push between our fetch and our push; more often than once an attempt is somebody's
    /// mistake.
    private static final int TRIES = 2;

    private final GitSettings settings;
    private final Disk disk;
    private final Path base;
    private final Path folder;
    private final GitProgram git;

    /// @param temporary a folder whose contents may go at any time
    public GitAnchor(GitSettings settings, Disk disk, Path temporary) {
        this.settings = settings;
        this.disk = disk;
        this.base = temporary.resolve("anchor-" + settings.name());
        this.folder = base.resolve("repository");
        this.git = new GitProgram(disk, folder, settings.author());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return "git";
    }

    @Override
    public Receipt place(AnchoredCheckpoint checkpoint) throws IOException, InterruptedException {
        try {
            for (int attempt = 1; ; attempt++) {
                Optional<String> tip = fetch();
                CheckpointList there = there(tip, checkpoint);
                if (there.checkpoints().contains(checkpoint)) {
                    return receipt(checkpoint, tip.orElseThrow());
                }
                String commit = commit(tip, there.with(checkpoint), checkpoint);
                GitProgram.Run push = git.attempt(
                        NOTHING,
                        "push",
                        "--quiet",
                        "--",
                        settings.repository(),
                        commit + ":refs/heads/" + settings.branch());
                if (push.exit() == 0) {
                    return receipt(checkpoint, commit);
                }
                if (attempt == TRIES) {
                    throw new IOException("git push to " + settings.shownRepository() + ", branch " + settings.branch()
                            + ", ended with " + push.exit() + ": " + push.errors());
                }
            }
        } finally {
            remove(base);
        }
    }

    /// Begins with an empty repository and gets the branch's newest commit; empty if there is no such
    /// branch yet.
    private Optional<String> fetch() throws IOException, InterruptedException {
        remove(folder);
        disk.makeFolder(folder);
        git.run(NOTHING, "init", "--quiet", "--bare", "--template=", folder.toString());
        String branch = "refs/heads/" + settings.branch();
        GitProgram.Run listed = git.run(NOTHING, "ls-remote", "--", settings.repository(), branch);
        if (listed.text().isEmpty()) {
            return Optional.empty();
        }
        git.run(NOTHING, "fetch", "--quiet", "--no-tags", "--depth=1", "--", settings.repository(), branch + ":" + TIP);
        return Optional.of(git.run(NOTHING, "rev-parse", "--verify", TIP).text());
    }

    private CheckpointList there(Optional<String> tip, AnchoredCheckpoint checkpoint)
            throws IOException, InterruptedException {
        String file = settings.fileFor(checkpoint.origin());
        if (tip.isEmpty()
                || git.run(NOTHING, "ls-tree", tip.orElseThrow(), "--", file)
                        .text()
                        .isEmpty()) {
            return new CheckpointList(List.of());
        }
        byte[] bytes = git.run(NOTHING, "cat-file", "blob", tip.orElseThrow() + ":" + file)
                .output();
        try {
            return CheckpointList.parse(bytes);
        } catch (MalformedException foreign) {
            throw new IOException(
                    "file " + file + " in " + settings.shownRepository() + " is no list of checkpoints: "
                            + foreign.getMessage(),
                    foreign);
        }
    }

    private String commit(Optional<String> tip, CheckpointList list, AnchoredCheckpoint checkpoint)
            throws IOException, InterruptedException {
        String blob = git.run(list.print(), "hash-object", "-w", "--stdin").text();
        git.run(NOTHING, "read-tree", tip.orElse("--empty"));
        git.run(
                NOTHING,
                "update-index",
                "--add",
                "--cacheinfo",
                "100644," + blob + "," + settings.fileFor(checkpoint.origin()));
        String tree = git.run(NOTHING, "write-tree").text();
        byte[] message = ("Checkpoint " + checkpoint.treeSize() + " of " + checkpoint.origin() + "\n\nRoot "
                        + checkpoint.root().base64() + "\n")
                .getBytes(StandardCharsets.UTF_8);
        return tip.isEmpty()
                ? git.run(message, "commit-tree", tree).text()
                : git.run(message, "commit-tree", tree, "-p", tip.orElseThrow()).text();
    }

    private Receipt receipt(AnchoredCheckpoint checkpoint, String commit) {
        String file = settings.fileFor(checkpoint.origin());
        return Receipt.at(
                settings.shownRepository() + "#" + commit + ":" + file,
                Map.of("commit", commit, "branch", settings.branch(), "file", file));
    }

    private void remove(Path at) throws IOException {
        for (Path below : disk.listFolders(at)) {
            remove(below);
        }
        for (Path file : disk.list(at)) {
            disk.delete(file);
        }
        disk.delete(at);
    }
}
