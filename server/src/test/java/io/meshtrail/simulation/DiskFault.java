package io.meshtrail.simulation;

/// What goes wrong with one call of a disk.
enum DiskFault {
    /// The call fails and has done nothing. A sync that fails so has lost what it should have kept.
    NO_EFFECT,
    /// The call fails and was carried out all the same.
    EFFECT,
    /// An append writes its first half and then fails, as when the disk runs full; any other call does nothing.
    HALF,
    /// The process dies before the call.
    DEATH_BEFORE,
    /// The process dies after the call.
    DEATH_AFTER,
    /// The process dies within an append; for any other call, before it.
    DEATH_WITHIN
}
