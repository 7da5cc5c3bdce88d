package io.meshtrail.sql;

import io.meshtrail.host.Disk;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A Java process of our own program, with a small heap, nothing of our environment, and no other way out than its
/// streams.
public final class JavaChild implements SqlChild {
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx96m",
            "-Xss4m",
            "-XX:+UseSerialGC",
            // It lives for seconds, and most of its work is native.
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8");

    private final Process process;

    private JavaChild(Process process) {
        this.process = process;
    }

    /// Starts processes of a main class.
    ///
    /// @param folder where the process may put its native library; others must not use it
    public static Starter of(Disk disk, String main, Path folder) {
        AtomicInteger number = new AtomicInteger();
        return () -> {
            // Each its own: one clears away its library while another still loads it.
            Path own = folder.resolve(Integer.toString(number.getAndIncrement()));
            disk.makeFolder(own);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(OPTIONS);
            command.add("-Djava.io.tmpdir=" + own);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            return new JavaChild(builder.start());
        };
    }

    @Override
    public OutputStream requests() {
        return process.getOutputStream();
    }

    @Override
    public InputStream answers() {
        return process.getInputStream();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }
}
