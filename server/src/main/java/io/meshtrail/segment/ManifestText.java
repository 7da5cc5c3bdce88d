package io.meshtrail.segment;

import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The bytes of a manifest: a first line that names the format, one line a segment, and the SHA-256 of all
/// lines before as the last. There is exactly one spelling: what was read is printed again and compared.
public final class ManifestText {
    /// The first line where no segment has a sidecar on record, as all were before there were any.
    private static final String PLAIN = "meshtrail manifest 1";

    private static final String FIRST = "meshtrail manifest 2";
    private static final String LAST = "sha256 ";
    private static final int PLAIN_FIELDS = 9;
    private static final int FIELDS = 11;
    private static final Pattern LEDGER = Pattern.compile("[a-z0-9][a-z0-9.-]*");
    private static final Pattern FILE = Pattern.compile("[0-9]{12,}-[0-9]{12,}\\.parquet");
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private ManifestText() {}

    public static byte[] print(Manifest manifest) {
        boolean plain = manifest.segments().stream()
                .allMatch(segment -> segment.sidecar().isEmpty());
        StringBuilder text = new StringBuilder(plain ? PLAIN : FIRST).append('\n');
        for (Segment segment : manifest.segments()) {
            text.append(line(segment)).append('\n');
        }
        Hash sum = sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append(LAST).append(sum.hex()).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String line(Segment segment) {
        String line = String.join(
                " ",
                segment.ledger(),
                Long.toString(segment.from()),
                Long.toString(segment.to()),
                segment.root().base64(),
                segment.file(),
                Long.toString(segment.bytes()),
                segment.sha256().hex(),
                Long.toString(segment.firstTime()),
                Long.toString(segment.lastTime()));
        return line
                + segment.sidecar()
                        .map(sidecar ->
                                " " + sidecar.bytes() + " " + sidecar.sha256().hex())
                        .orElse("");
    }

    /// Reads a manifest, strictly.
    ///
    /// @throws ManifestException naming the line and what is wrong with it
    public static Manifest parse(byte[] bytes) throws ManifestException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\n")) {
            throw new ManifestException("manifest of " + bytes.length + " bytes does not end with a line end");
        }
        List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (!lines.getFirst().equals(FIRST) && !lines.getFirst().equals(PLAIN)) {
            throw new ManifestException("manifest: the first line is neither '" + FIRST + "' nor '" + PLAIN + "'");
        }
        if (lines.size() < 2 || !lines.getLast().startsWith(LAST)) {
            throw new ManifestException("manifest: the last line is not its SHA-256: it was cut or added to");
        }
        int body = text.length() - lines.getLast().length() - 1;
        String sum = sha256(Arrays.copyOf(bytes, body)).hex();
        if (!lines.getLast().equals(LAST + sum)) {
            throw new ManifestException("manifest: its lines have SHA-256 " + sum + ", its last line says otherwise");
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 1; i < lines.size() - 1; i++) {
            segments.add(segment(lines.get(i), i + 1));
        }
        Manifest manifest = Manifest.of(segments);
        if (!Arrays.equals(print(manifest), bytes)) {
            throw new ManifestException("manifest: its lines are not in their order or spelling");
        }
        return manifest;
    }

    private static Segment segment(String line, int number) throws ManifestException {
        String[] parts = line.split(" ", -1);
        if (parts.length != FIELDS && parts.length != PLAIN_FIELDS) {
            throw new ManifestException("manifest line " + number + ": " + parts.length + " fields, expected "
                    + PLAIN_FIELDS + ", or " + FIELDS + " with a sidecar");
        }
        if (!LEDGER.matcher(parts[0]).matches()) {
            throw new ManifestException("manifest line " + number + ": no ledger has this name");
        }
        if (!FILE.matcher(parts[4]).matches()) {
            throw new ManifestException("manifest line " + number + ": no segment file has this name");
        }
        try {
            Segment segment = new Segment(
                    parts[0],
                    number(parts[1], number),
                    number(parts[2], number),
                    Hash.fromBase64(parts[3]),
                    parts[4],
                    number(parts[5], number),
                    Hash.fromHex(parts[6]),
                    number(parts[7], number),
                    number(parts[8], number),
                    parts.length == PLAIN_FIELDS
                            ? Optional.empty()
                            : Optional.of(new Sidecar(number(parts[9], number), Hash.fromHex(parts[10]))));
            if (!segment.file().equals(SegmentFiles.name(segment.from(), segment.to()))) {
                throw new ManifestException("manifest line " + number + ": " + segment.file() + " holds "
                        + segment.from() + ".." + segment.to());
            }
            return segment;
        } catch (MalformedException | IllegalArgumentException wrong) {
            throw new ManifestException("manifest line " + number + ": " + wrong.getMessage());
        }
    }

    private static long number(String text, int line) throws ManifestException {
        if (!NUMBER.matcher(text).matches()) {
            throw new ManifestException("manifest line " + line + ": not a number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw new ManifestException("manifest line " + line + ": " + text + " is no 64-bit number");
        }
    }

    private static Hash sha256(byte[] bytes) {
        return Hash.at(SegmentFiles.digest().digest(bytes), 0);
    }
}
