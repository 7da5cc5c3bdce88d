package io.meshtrail.source.envoy;

/// The ids of a W3C `traceparent`: `00-<32 hex digits>-<16 hex digits>-<flags>`. Both empty if the text is
/// none.
record TraceParent(String traceId, String spanId) {
    private static final TraceParent NONE = new TraceParent("", "");
    private static final int TRACE_AT = 3;
    private static final int TRACE_END = 35;
    private static final int SPAN_AT = 36;
    private static final int SPAN_END = 52;
    private static final int SHORTEST = 55;

    static TraceParent parse(String text) {
        boolean formed = text.length() >= SHORTEST
                && text.charAt(TRACE_AT - 1) == '-'
                && text.charAt(TRACE_END) == '-'
                && text.charAt(SPAN_END) == '-';
        if (!formed) {
            return NONE;
        }
        String traceId = text.substring(TRACE_AT, TRACE_END);
        String spanId = text.substring(SPAN_AT, SPAN_END);
        return isId(traceId) && isId(spanId) ? new TraceParent(traceId, spanId) : NONE;
    }

    /// Whether the text is lower-case hexadecimal and not only zeros.
    static boolean isId(String text) {
        boolean nonZero = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
            nonZero |= c != '0';
        }
        return nonZero;
    }
}
