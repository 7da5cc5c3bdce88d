package io.meshtrail.witness;

import io.meshtrail.host.Disk;
import io.meshtrail.proof.LogKeys;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The logs that a witness cosigns for: those that were given at the start, and those in a file of verifier keys, one
/// a line, `#` for comments. The file is read anew for each request, so a log is added by adding its line.
public final class KnownLogs {
    private static final Logger LOG = LoggerFactory.getLogger(KnownLogs.class);

    private final Disk disk;
    private final Path file;
    private final List<VerifierKey> given;
    private byte[] read = new byte[0];
    private LogKeys keys;

    /// @param given known whatever the file says
    /// @throws IOException if the file is there and does not hold what it should
    public KnownLogs(Disk disk, Path file, List<VerifierKey> given) throws IOException {
        this.disk = disk;
        this.file = file;
        this.given = List.copyOf(given);
        this.keys = new LogKeys(given);
        try {
            update();
        } catch (MalformedException wrong) {
            throw new IOException(file + ", " + wrong.getMessage(), wrong);
        }
    }

    /// The keys as of now. A file that cannot be understood changes nothing: the last good one counts.
    synchronized LogKeys keys() throws IOException {
        try {
            update();
        } catch (MalformedException wrong) {
            LOG.warn("{}, {}; the logs known before stay known", file, wrong.getMessage());
        }
        return keys;
    }

    private void update() throws IOException, MalformedException {
        byte[] now = disk.exists(file) ? disk.read(file) : new byte[0];
        if (!Arrays.equals(now, read)) {
            // Remembered first, so that a wrong file is complained of once.
            read = now;
            keys = parse(now);
            LOG.info("{} logs are known", keys.keys().size());
        }
    }

    private LogKeys parse(byte[] text) throws MalformedException {
        List<VerifierKey> all = new ArrayList<>(given);
        int number = 0;
        for (String line : new String(text, StandardCharsets.UTF_8).split("\n")) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                VerifierKey key = VerifierKey.parse(line.strip());
                if (key.type() == SignatureType.COSIGNATURE_ED25519) {
                    throw new MalformedException("the key of " + key.name() + " is a cosigner's, not a log's");
                }
                all.add(key);
            } catch (MalformedException wrong) {
                throw new MalformedException("line " + number + ": " + wrong.getMessage());
            }
        }
        return new LogKeys(all);
    }
}
