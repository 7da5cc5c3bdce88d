/// A run of the demo on a file, and its player.
///
/// In: the raw access log messages of real Envoys and the audit events, each with its time. Out: the same
/// over gRPC and
/// HTTP, with times moved to now and ids made unique. Always holds: nothing but start times and ids differs
/// from what
/// Envoy
/// sent. Start with [io.meshtrail.demo.recording.Recording].
@NullMarked
package io.meshtrail.demo.recording;

import org.jspecify.annotations.NullMarked;
