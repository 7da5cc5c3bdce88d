package io.meshtrail.demo.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeashTest {
    @Test
    void theChildEndsWhenTheLeashIsLetGo() throws IOException {
        Leash leash = start("echo $$; exec sleep 1000");
        long child = childOf(leash);
        assertThat(ProcessHandle.of(child)).isPresent();
        leash.close();
        assertThat(leash.isAlive()).isFalse();
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aChildThatDoesNotListenIsEndedByForce() throws IOException {
        Leash leash = start("trap '' TERM; echo $$; while :; do sleep 1000; done");
        long child = childOf(leash);
        leash.close();
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void oneDemoAtATimeUsesAFolder(@TempDir Path folder) throws IOException {
        try (Leftovers first = Leftovers.take(folder)) {
            first.note(List.of());
            assertThatThrownBy(() -> Leftovers.take(folder)).hasMessageContaining(folder.toString());
        }
        Leftovers.take(folder).close();
    }

    @Test
    void aProcessWhoseIdIsUsedAgainIsLeftAlone(@TempDir Path folder) throws IOException {
        try (Leash stranger = start("echo $$; exec sleep 1000")) {
            long child = childOf(stranger);
            try (Leftovers first = Leftovers.take(folder)) {
                first.note(List.of(child));
                java.nio.file.Files.copy(folder.resolve("pids"), folder.resolve("kept"));
            }
            java.nio.file.Files.move(folder.resolve("kept"), folder.resolve("pids"));
            Leftovers.take(folder).close();
            assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isPresent();
        }
    }

    private static Leash start(String script) throws IOException {
        return Leash.start(
                List.of("bash", "-c", script),
                ProcessBuilder.Redirect.PIPE,
                ProcessBuilder.Redirect.DISCARD,
                Duration.ofSeconds(1));
    }

    private static long childOf(Leash leash) throws IOException {
        return Long.parseLong(
                new BufferedReader(new InputStreamReader(leash.output(), StandardCharsets.UTF_8)).readLine());
    }
}
