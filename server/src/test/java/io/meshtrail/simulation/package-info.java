/// A whole server in a world made from a seed: virtual time, a disk that fails in every way that disks fail, senders
/// that repeat themselves, and a power supply nobody should trust.
///
/// In: a seed. Out: silence, or a broken promise and the command that shows it again. Always: the same seed makes the
/// same world. Start at [io.meshtrail.simulation.World], then [io.meshtrail.simulation.Promises].
package io.meshtrail.simulation;
