package io.meshtrail.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process has used so far, as Linux counts it.
public final class ProcessUse {
    /// The unit of times in `/proc`: `USER_HZ`, which is 100 on every Linux.
    private static final long MICROS_A_TICK = 10_000;

    private static final int USER_TIME = 11;

    private final Path folder;

    public ProcessUse(long pid) {
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /// Processor time in user and kernel mode, of all threads together, in microseconds.
    public long cpuMicros() throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        // The name in parentheses may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) * MICROS_A_TICK;
    }

    /// The most memory that was resident at one time, in bytes.
    public long peakBytes() throws IOException {
        return status("VmHWM:");
    }

    /// The resident memory that is no file, in bytes.
    public long anonymousBytes() throws IOException {
        return status("RssAnon:");
    }

    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(folder.resolve("status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException(folder + "/status has no " + name);
    }
}
