package io.meshtrail.query.embedded;

import io.meshtrail.event.Address;

/// Where an event stands among all: newest first by time, then by address.
///
/// @param when nanoseconds since 1970
record Key(long when, Address address) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
        int byTime = Long.compare(other.when, when);
        return byTime != 0 ? byTime : other.address.compareTo(address);
    }
}
