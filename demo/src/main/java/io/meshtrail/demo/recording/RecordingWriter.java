package io.meshtrail.demo.recording;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Tally;
import io.meshtrail.demo.policy.AuditEvent;
import io.meshtrail.demo.policy.AuditSink;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/// Writes a run of the demo to a file, as it happens. Safe for use by many threads.
public final class RecordingWriter implements AuditSink, Closeable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataOutputStream out;
    private final Instant start;

    /// Starts a recording.
    ///
    /// @throws IOException when the file cannot be written
    public RecordingWriter(Path file, Instant start) throws IOException {
        this.out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 1 << 16) {
            {
                def.setLevel(java.util.zip.Deflater.BEST_COMPRESSION);
            }
        });
        this.start = start;
        out.writeInt(Recording.MAGIC);
        out.writeLong(start.toEpochMilli());
    }

    synchronized void accessLogs(int stream, byte[] message) {
        try {
            write(Frame.Kind.ACCESS_LOGS, stream, message);
        } catch (IOException e) {
            throw new IllegalStateException("the recording cannot be written", e);
        }
    }

    @Override
    public synchronized boolean accept(AuditEvent event) {
        try {
            write(
                    Frame.Kind.AUDIT,
                    event.cluster().equals("east") ? 0 : 1,
                    event.body().getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            System.err.println("the recording cannot be written: " + e);
            return false;
        }
    }

    /// Ends the recording with what was done.
    ///
    /// @throws IOException when the file cannot be written
    public synchronized void finish(Tally tally) throws IOException {
        Map<String, Long> made = new LinkedHashMap<>();
        for (Case each : Case.values()) {
            made.put(each.label(), tally.count(each));
        }
        write(Frame.Kind.TALLY, 0, JSON.writeValueAsBytes(made));
        close();
    }

    private void write(Frame.Kind kind, int stream, byte[] bytes) throws IOException {
        out.writeByte(kind.code());
        out.writeInt((int) (System.currentTimeMillis() - start.toEpochMilli()));
        out.writeShort(stream);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
