package io.meshtrail.anchor.rfc3161;

import io.meshtrail.anchor.AnchorRecord;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.tsp.TimeStampRequest;

/// Checks a time stamp again from what was kept, without the network.
public final class KeptTimeStamp {
    private KeptTimeStamp() {}

    /// @param files what was kept, by the ending of the file name
    /// @param roots whom the reader trusts; empty to take the root that was trusted when the stamp was made
    /// @return what holds, in words
    /// @throws TimeStampException naming what does not hold
    public static String check(AnchorRecord record, Map<String, byte[]> files, Optional<PinnedRoots> roots)
            throws TimeStampException {
        try {
            byte[] kept = file(files, "tsr");
            BigInteger nonce = new TimeStampRequest(file(files, "tsq")).getNonce();
            PinnedRoots trusted =
                    roots.orElseGet(() -> last(PinnedRoots.ofPem(files.getOrDefault("pem", new byte[0]))));
            TimeStamp stamp = new TimeStampVerifier(trusted, Set.of())
                    .verify(kept, record.checkpoint().sha256(), Optional.ofNullable(nonce));
            return "stamped " + stamp.at() + " by " + stamp.authority() + ", serial number " + stamp.serial()
                    + (roots.isPresent() ? "" : "; the root is the one that was kept, --ca FILE takes yours");
        } catch (TimeStampException refused) {
            throw refused;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new TimeStampException("what was kept cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static PinnedRoots last(PinnedRoots chain) {
        return new PinnedRoots(List.of(chain.certificates().getLast()));
    }

    private static byte[] file(Map<String, byte[]> files, String ending) throws TimeStampException {
        byte[] bytes = files.get(ending);
        if (bytes == null) {
            throw new TimeStampException("there is no ." + ending + " on record");
        }
        return bytes;
    }
}
