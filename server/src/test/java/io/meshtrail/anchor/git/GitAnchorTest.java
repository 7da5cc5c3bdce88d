package io.meshtrail.anchor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.anchor.CheckpointList;
import io.meshtrail.anchor.Receipt;
import io.meshtrail.anchor.SampleCheckpoints;
import io.meshtrail.host.system.SystemDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real `git` against a bare repository.
class GitAnchorTest {
    private static final String FILE = "sample.example-root.checkpoints";

    @TempDir
    private Path folder;

    private Path remote;

    @BeforeEach
    void repository() throws Exception {
        remote = folder.resolve("remote.git");
        git(folder, "init", "--quiet", "--bare", remote.toString());
    }

    private GitAnchor anchor() {
        GitSettings settings = new GitSettings(
                "evidence",
                remote.toString(),
                "main",
                Optional.empty(),
                GitSettings.Author.parse("Ada Log <ada@log.example>"));
        return new GitAnchor(settings, new SystemDisk(), folder.resolve("tmp"));
    }

    private static String git(Path in, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Other", "-c", "user.email=other@example.com"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("git %s: %s", List.of(arguments), output)
                .isZero();
        return output;
    }

    private CheckpointList stored() throws Exception {
        return CheckpointList.parse(git(remote, "show", "main:" + FILE).getBytes(StandardCharsets.UTF_8));
    }

    /// Somebody else's commit on the branch.
    private void pushOther(String file, String text) throws Exception {
        Path clone = folder.resolve("clone-" + file);
        git(folder, "clone", "--quiet", "--branch", "main", remote.toString(), clone.toString());
        Files.writeString(clone.resolve(file), text);
        git(clone, "add", "--all");
        git(clone, "commit", "--quiet", "--message", "another's");
        git(clone, "push", "--quiet", "origin", "HEAD:main");
    }

    @Test
    void each_checkpoint_is_appended_in_a_commit_of_its_own() throws Exception {
        Receipt first = anchor().place(SampleCheckpoints.of(5));
        Receipt second = anchor().place(SampleCheckpoints.of(9));
        assertThat(stored()).isEqualTo(new CheckpointList(List.of(SampleCheckpoints.of(5), SampleCheckpoints.of(9))));
        assertThat(git(remote, "log", "--format=%H %an <%ae> %s", "main"))
                .isEqualTo(
                        second.says().get("commit") + " Ada Log <ada@log.example> Checkpoint 9 of sample.example/root\n"
                                + first.says().get("commit")
                                + " Ada Log <ada@log.example> Checkpoint 5 of sample.example/root\n");
        assertThat(second.locator()).isEqualTo(remote + "#" + second.says().get("commit") + ":" + FILE);
        assertThat(folder.resolve("tmp/anchor-evidence")).doesNotExist();
    }

    @Test
    void the_same_checkpoint_again_makes_no_second_commit() throws Exception {
        Receipt first = anchor().place(SampleCheckpoints.of(5));
        assertThat(anchor().place(SampleCheckpoints.of(5))).isEqualTo(first);
        assertThat(git(remote, "rev-list", "--count", "main").strip()).isEqualTo("1");
    }

    @Test
    void other_files_and_others_commits_stay() throws Exception {
        anchor().place(SampleCheckpoints.of(5));
        pushOther("README", "kept\n");
        anchor().place(SampleCheckpoints.of(9));
        assertThat(git(remote, "show", "main:README")).isEqualTo("kept\n");
        assertThat(git(remote, "rev-list", "--count", "main").strip()).isEqualTo("3");
        assertThat(stored().checkpoints()).hasSize(2);
    }

    @Test
    void a_push_that_another_overtakes_is_made_again_on_top_of_it() throws Exception {
        anchor().place(SampleCheckpoints.of(5));
        // The first push finds that somebody was faster; the hook lets the second one through.
        Path hook = remote.resolve("hooks/pre-receive");
        Files.createDirectories(hook.resolveSibling(""));
        Files.writeString(hook, "#!/bin/sh\nif [ ! -e once ]; then touch once; echo overtaken >&2; exit 1; fi\n");
        hook.toFile().setExecutable(true);
        anchor().place(SampleCheckpoints.of(9));
        assertThat(stored().checkpoints()).hasSize(2);
    }

    @Test
    void a_repository_that_keeps_refusing_is_trouble_with_its_own_words() throws Exception {
        anchor().place(SampleCheckpoints.of(5));
        Path hook = remote.resolve("hooks/pre-receive");
        Files.writeString(hook, "#!/bin/sh\necho protected branch >&2\nexit 1\n");
        hook.toFile().setExecutable(true);
        assertThatThrownBy(() -> anchor().place(SampleCheckpoints.of(9)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("git push")
                .hasMessageContaining("protected branch");
        assertThat(stored().checkpoints()).hasSize(1);
    }

    @Test
    void a_file_that_is_no_list_of_checkpoints_is_not_overwritten() throws Exception {
        anchor().place(SampleCheckpoints.of(5));
        pushOther(FILE, "somebody's notes\n");
        assertThatThrownBy(() -> anchor().place(SampleCheckpoints.of(9)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(FILE)
                .hasMessageContaining("no list of checkpoints");
        assertThat(git(remote, "show", "main:" + FILE)).isEqualTo("somebody's notes\n");
    }

    @Test
    void a_repository_that_is_not_there_is_named() {
        GitSettings settings = new GitSettings(
                "evidence", folder.resolve("none").toString(), "main", Optional.empty(), GitSettings.Author.MESHTRAIL);
        assertThatThrownBy(() ->
                        new GitAnchor(settings, new SystemDisk(), folder.resolve("tmp")).place(SampleCheckpoints.of(5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("git ls-remote")
                .hasMessageContaining("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--upload-pack=touch /tmp/x", "ext::sh -c id", "https://user:secret@example.com/x.git", " "})
    void an_address_that_git_would_take_for_something_else_is_refused_without_telling_a_secret(String repository) {
        assertThatThrownBy(() ->
                        new GitSettings("evidence", repository, "main", Optional.empty(), GitSettings.Author.MESHTRAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }
}
