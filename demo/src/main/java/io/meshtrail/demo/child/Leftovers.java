package io.meshtrail.demo.child;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One demo at a time in a folder, and the processes it started by their ids, so that the next one can end
/// what is left
/// over.
public final class Leftovers implements AutoCloseable {
    private final Path folder;
    private final Path list;
    private final FileChannel channel;

    private Leftovers(Path folder, FileChannel channel) {
        this.folder = folder;
        this.list = folder.resolve("pids");
        this.channel = channel;
    }

    /// Takes the folder, and ends what an earlier demo left running from it.
    ///
    /// @throws IOException when another demo uses the folder
    public static Leftovers take(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("another demo runs in " + folder + "; stop it or give another folder by --work");
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process runs another demo in " + folder + " already", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        Leftovers leftovers = new Leftovers(folder, channel);
        leftovers.end();
        return leftovers;
    }

    /// Remembers the processes that this demo started.
    ///
    /// @throws IOException when the list cannot be written
    public void note(List<Long> pids) throws IOException {
        Files.write(list, pids.stream().map(String::valueOf).toList());
    }

    private void end() throws IOException {
        if (!Files.exists(list)) {
            return;
        }
        for (String line : Files.readAllLines(list)) {
            if (line.matches("\\d{1,10}")) {
                ProcessHandle.of(Long.parseLong(line)).filter(this::isOurs).ifPresent(Leftovers::end);
            }
        }
        Files.deleteIfExists(list);
    }

    /// Ids are used again: only a process whose command line names our folder was started from here.
    private boolean isOurs(ProcessHandle process) {
        Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.readString(commandLine, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(folder.toAbsolutePath().toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(ProcessHandle process) {
        System.err.println("Ending process " + process.pid() + ", left over from an earlier demo");
        process.destroyForcibly();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            System.err.println("Process " + process.pid() + " does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(list);
        channel.close();
    }
}
