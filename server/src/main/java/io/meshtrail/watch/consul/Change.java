package io.meshtrail.watch.consul;

import java.util.Optional;

/// What happened to one object of a list between two looks at it.
///
/// @param entry the object now; of one that is gone, as it was last
/// @param verb `observe` for one that is seen for the first time, `create`, `update` or `delete`
/// @param isRecreated whether it was deleted and made again between the two looks
/// @param since when the list was read before, nanoseconds since 1970; empty if that is not known
/// @param isAfterReset whether Consul's own state went back between the two looks
record Change(Entry entry, String verb, boolean isRecreated, Optional<Long> since, boolean isAfterReset) {}
