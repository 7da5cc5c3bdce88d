package io.meshtrail.demo.recording;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// A run of the demo with real Envoys, kept.
///
/// The file is gzip of: a magic number, the start (milliseconds since 1970, 8 bytes), then frames: kind (1
/// byte),
/// milliseconds
/// after the start (4), stream (2), length (4), bytes; all big-endian.
///
/// @param start when the run began
public record Recording(Instant start, List<Frame> frames) {
    static final int MAGIC = 0x4d545231;
    private static final int LONGEST = 1 << 24;
    private static final String BUNDLED = "/recording.gz";

    public Recording {
        frames = List.copyOf(frames);
    }

    /// The recording that comes with the demo.
    ///
    /// @throws IOException when it is missing or broken
    public static Recording bundled() throws IOException {
        try (InputStream in = Recording.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new FileNotFoundException("this build of the demo carries no " + BUNDLED);
            }
            return read(in, BUNDLED);
        }
    }

    /// A recording of one's own.
    ///
    /// @throws IOException when the file cannot be read or is no recording
    public static Recording read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    private static Recording read(InputStream file, String name) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(file, 1 << 16))) {
            int magic = in.readInt();
            if (magic != MAGIC) {
                throw new IOException(name + " is no recording: it begins with " + Integer.toHexString(magic)
                        + " instead of " + Integer.toHexString(MAGIC));
            }
            Instant start = Instant.ofEpochMilli(in.readLong());
            List<Frame> frames = new ArrayList<>();
            for (Optional<Frame> frame = next(in, name); frame.isPresent(); frame = next(in, name)) {
                frames.add(frame.get());
            }
            return new Recording(start, frames);
        }
    }

    private static Optional<Frame> next(DataInputStream in, String name) throws IOException {
        int code = in.read();
        if (code < 0) {
            return Optional.empty();
        }
        Frame.Kind kind = Frame.Kind.ofCode(code)
                .orElseThrow(() -> new IOException(name + " holds a frame of unknown kind " + code));
        int millis = in.readInt();
        int stream = in.readUnsignedShort();
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException(name + " holds a frame of " + length + " bytes; at most " + LONGEST + " are allowed");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(name + " ends within a frame: " + bytes.length + " of " + length + " bytes");
        }
        return Optional.of(new Frame(kind, millis, stream, bytes));
    }
}
