package io.meshtrail.envoy;

import java.util.StringJoiner;

/// Envoy's response flags as a set of bits, one for each field number of the proto `ResponseFlags`; two more
/// are
/// known in text only.
public final class ResponseFlags {
    static final long LOCAL_HEALTH_CHECK = 1L << 1;
    static final long NO_HEALTHY_UPSTREAM = 1L << 2;
    static final long UPSTREAM_TIMEOUT = 1L << 3;
    static final long LOCAL_RESET = 1L << 4;
    static final long UPSTREAM_REMOTE_RESET = 1L << 5;
    static final long UPSTREAM_CONNECTION_FAILURE = 1L << 6;
    static final long UPSTREAM_TERMINATION = 1L << 7;
    static final long UPSTREAM_OVERFLOW = 1L << 8;
    static final long NO_ROUTE = 1L << 9;
    static final long DELAY_INJECTED = 1L << 10;
    static final long FAULT_INJECTED = 1L << 11;
    static final long RATE_LIMITED = 1L << 12;

    /// An external authorizer denied.
    public static final long UNAUTHORIZED = 1L << 13;

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
    static final long DROP_OVERLOAD = 1L << 61;
    static final long UNCONDITIONAL_DROP = 1L << 62;

    private static final int LAST_FIELD = 60;

    private static final String[] NAMES = {
        "", "LH", "UH", "UT", "LR", "UR", "UF", "UC", "UO", "NR", "DI", "FI", "RL", "UAEX", "RLSE", "DC", "URX", "SI",
        "IH", "DPE", "UMSDR", "RFCF", "NFCF", "DT", "UPE", "NC", "OM", "DF", "DR"
    };

    private ResponseFlags() {}

    /// The bit of a field of the proto; no bit if the number is none of a flag.
    public static long ofField(int field) {
        return field > 0 && field <= LAST_FIELD ? 1L << field : 0;
    }

    /// Reads short names with commas between them: `UF,URX`. Unknown ones are left out, as is `-`.
    public static long parse(String names) {
        long set = 0;
        int from = 0;
        while (from < names.length()) {
            int comma = names.indexOf(',', from);
            int end = comma < 0 ? names.length() : comma;
            set |= named(names.substring(from, end).strip());
            from = end + 1;
        }
        return set;
    }

    /// The short names with commas between them, in the order of the proto's field numbers; what is newer than
    /// this list is `#<number>`.
    public static String names(long set) {
        StringJoiner names = new StringJoiner(",");
        for (int field = 1; field <= LAST_FIELD; field++) {
            if ((set & 1L << field) != 0) {
                names.add(field < NAMES.length ? NAMES[field] : "#" + field);
            }
        }
        if ((set & DROP_OVERLOAD) != 0) {
            names.add("DO");
        }
        if ((set & UNCONDITIONAL_DROP) != 0) {
            names.add("UDO");
        }
        return names.toString();
    }

    private static long named(String name) {
        for (int field = 1; field < NAMES.length; field++) {
            if (NAMES[field].equals(name)) {
                return 1L << field;
            }
        }
        return switch (name) {
            case "DO" -> DROP_OVERLOAD;
            case "UDO" -> UNCONDITIONAL_DROP;
            default -> 0;
        };
    }
}
