package io.meshtrail.demo.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A child process tied to this one: a shell between us holds the end of a pipe, and ends the child when the
/// pipe
/// closes, which
/// the kernel does for us even when we are killed.
public final class Leash implements AutoCloseable {
    /// Job control puts the child into a process group of its own: Ctrl-C reaches us alone, so that we end
    /// things in
    /// order.
    private static final String SCRIPT = """
            grace="$1"
            shift
            set -m
            trap '' INT HUP
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            trap 'kill -TERM "$child" 2>/dev/null' TERM
            {
              while read -r _; do :; done
              kill -TERM "$child" 2>/dev/null
              sleep "$grace"
              kill -KILL "$child" 2>/dev/null
            } <&3 >/dev/null &
            watcher=$!
            # Both have their groups; from here on bash need not comment on their ends.
            disown "$watcher"
            set +m
            wait "$child"
            status=$?
            while kill -0 "$child" 2>/dev/null; do
              wait "$child"
              status=$?
            done
            kill -KILL -- "-$watcher" 2>/dev/null
            exit "$status"
            """;

    private final Process shell;
    private final Duration grace;

    private Leash(Process shell, Duration grace) {
        this.shell = shell;
        this.grace = grace;
    }

    /// Starts a child.
    ///
    /// @param output where its standard output goes
    /// @param errors where its error output goes
    /// @param grace whole seconds between asking it to end and ending it
    /// @throws IOException when bash cannot be started
    public static Leash start(
            List<String> command, ProcessBuilder.Redirect output, ProcessBuilder.Redirect errors, Duration grace)
            throws IOException {
        List<String> whole = new ArrayList<>(List.of("bash", "-c", SCRIPT, "leash", Long.toString(grace.toSeconds())));
        whole.addAll(command);
        Process shell = new ProcessBuilder(whole)
                .redirectOutput(output)
                .redirectError(errors)
                .start();
        return new Leash(shell, grace);
    }

    public boolean isAlive() {
        return shell.isAlive();
    }

    /// The child's standard output, if it was not sent elsewhere.
    public InputStream output() {
        return shell.getInputStream();
    }

    /// The shell, the child and its children.
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(shell.pid()));
        shell.descendants().map(ProcessHandle::pid).forEach(pids::add);
        return pids;
    }

    /// Asks the child to end, ends it after its time of grace, and waits until it is gone.
    @Override
    public void close() {
        try (OutputStream pipe = shell.getOutputStream()) {
            pipe.flush();
        } catch (IOException e) {
            // The shell has gone already, and the child before it.
        }
        try {
            if (!shell.waitFor(grace.toSeconds() + 2, TimeUnit.SECONDS)) {
                endByForce();
            }
        } catch (InterruptedException e) {
            endByForce();
            Thread.currentThread().interrupt();
        }
    }

    private void endByForce() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }
}
