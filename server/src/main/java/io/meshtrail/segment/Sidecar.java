package io.meshtrail.segment;

import io.meshtrail.proof.Hash;

/// What is on record of a segment's sidecar. `docs/formats/sidecar.md` has the bytes of the file.
///
/// @param bytes its length
/// @param sha256 of the whole file
public record Sidecar(long bytes, Hash sha256) {
    public Sidecar {
        if (bytes < 0) {
            throw new IllegalArgumentException("a sidecar of " + bytes + " bytes");
        }
    }
}
