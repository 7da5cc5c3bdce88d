package io.meshtrail.host.system;

import io.meshtrail.host.AppendFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A growing file over a channel. Positions are explicit, so that reads never move the end.
final class SystemAppendFile implements AppendFile {
    private final Path file;
    private final FileChannel channel;
    private volatile long size;

    SystemAppendFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        long at = size;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        size = at;
    }

    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void read(long at, ByteBuffer target) throws IOException {
        long from = at;
        while (target.hasRemaining()) {
            int count = channel.read(target, from);
            if (count < 0) {
                throw new EOFException(file + " ends at byte " + channel.size() + ", wanted more at " + from);
            }
            from += count;
        }
    }

    @Override
    public void overwrite(long at, ByteBuffer bytes) throws IOException {
        if (at < 0 || at + bytes.remaining() > size) {
            throw new IOException(
                    file + " has " + size + " bytes; " + bytes.remaining() + " cannot be written over at " + at);
        }
        long to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    @Override
    public void truncate(long to) throws IOException {
        channel.truncate(to);
        channel.force(true);
        size = to;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
