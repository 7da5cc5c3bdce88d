package io.meshtrail.source.envoy;

import java.util.StringJoiner;

/// Envoy's response flags as one bit for each field number of the proto `ResponseFlags`, and their short names.
final class ResponseFlags {
    static final long NO_HEALTHY_UPSTREAM = 1L << 2;
    static final long UPSTREAM_TIMEOUT = 1L << 3;
    static final long LOCAL_RESET = 1L << 4;
    static final long UPSTREAM_REMOTE_RESET = 1L << 5;
    static final long UPSTREAM_CONNECTION_FAILURE = 1L << 6;
    static final long UPSTREAM_TERMINATION = 1L << 7;
    static final long UPSTREAM_OVERFLOW = 1L << 8;
    static final long NO_ROUTE = 1L << 9;
    static final long FAULT_INJECTED = 1L << 11;
    static final long RATE_LIMITED = 1L << 12;
    static final long UNAUTHORIZED = 1L << 13;
    static final long RATE_LIMIT_ERROR = 1L << 14;
    static final long DOWNSTREAM_TERMINATION = 1L << 15;
    static final long RETRIES_EXHAUSTED = 1L << 16;
    static final long IDLE_TIMEOUT = 1L << 17;
    static final long INVALID_ENVOY_HEADERS = 1L << 18;
    static final long DOWNSTREAM_PROTOCOL_ERROR = 1L << 19;
    static final long MAX_STREAM_DURATION = 1L << 20;
    static final long NO_FILTER_CONFIG = 1L << 22;
    static final long DURATION_TIMEOUT = 1L << 23;
    static final long UPSTREAM_PROTOCOL_ERROR = 1L << 24;
    static final long NO_CLUSTER = 1L << 25;
    static final long OVERLOAD_MANAGER = 1L << 26;
    static final long DNS_FAILURE = 1L << 27;
    static final long DOWNSTREAM_RESET = 1L << 28;
    static final long LOCAL_HEALTH_CHECK = 1L << 1;

    private static final int UNAUTHORIZED_DETAILS = 13;

    /// By field number; what is newer than this list is printed as `#<number>`.
    private static final String[] NAMES = {
        "", "LH", "UH", "UT", "LR", "UR", "UF", "UC", "UO", "NR", "DI", "FI", "RL", "UAEX", "RLSE", "DC", "URX", "SI",
        "IH", "DPE", "UMSDR", "RFCF", "NFCF", "DT", "UPE", "NC", "OM", "DF", "DR"
    };

    private ResponseFlags() {}

    /// Reads the proto message.
    static long read(ProtoReader flags) throws MalformedBytesException {
        long set = 0;
        while (flags.next()) {
            if (flags.key() == (UNAUTHORIZED_DETAILS << 3 | ProtoReader.BYTES)) {
                ProtoReader details = flags.message();
                while (details.next()) {
                    if (details.key() == (1 << 3 | ProtoReader.VARINT) && details.number() != 0) {
                        set |= UNAUTHORIZED;
                    }
                }
            } else if ((flags.key() & 7) == ProtoReader.VARINT && flags.field() < Long.SIZE) {
                long bit = 1L << flags.field();
                set = flags.number() == 0 ? set & ~bit : set | bit;
            }
        }
        return set;
    }

    /// The short names with commas between them, in the order of the proto's field numbers: `UF,URX`.
    static String names(long set) {
        StringJoiner names = new StringJoiner(",");
        for (int field = 1; field < Long.SIZE; field++) {
            if ((set & 1L << field) != 0) {
                names.add(field < NAMES.length ? NAMES[field] : "#" + field);
            }
        }
        return names.toString();
    }
}
