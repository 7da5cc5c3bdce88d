package io.meshtrail.source.envoy;

import io.meshtrail.envoy.ResponseFlags;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;

/// Reads the proto message `ResponseFlags`.
final class FlagsReader {
    private static final int UNAUTHORIZED_DETAILS = 13;

    private FlagsReader() {}

    /// The set that [ResponseFlags] describes.
    static long read(ProtoReader flags) throws MalformedBytesException {
        long set = 0;
        while (flags.next()) {
            if (flags.key() == (UNAUTHORIZED_DETAILS << 3 | ProtoReader.BYTES)) {
                ProtoReader details = flags.message();
                while (details.next()) {
                    if (details.key() == (1 << 3 | ProtoReader.VARINT) && details.number() != 0) {
                        set |= ResponseFlags.UNAUTHORIZED;
                    }
                }
            } else if ((flags.key() & 7) == ProtoReader.VARINT) {
                long bit = ResponseFlags.ofField(flags.field());
                set = flags.number() == 0 ? set & ~bit : set | bit;
            }
        }
        return set;
    }
}
