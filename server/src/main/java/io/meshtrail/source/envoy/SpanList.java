package io.meshtrail.source.envoy;

import java.util.Arrays;

/// A growing list of spans that is emptied and filled again for each entry.
final class SpanList {
    private long[] spans = new long[8];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long span) {
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, size * 2);
        }
        spans[size++] = span;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return spans[index];
    }
}
