package io.meshtrail.anchor;

import java.util.Optional;

/// How an anchor stands.
///
/// @param last what `root` has on record last, if anything
/// @param failures attempts that failed since the start of this process
/// @param trouble why the last attempt failed; empty once one succeeds
public record AnchorStatus(
        String name, String kind, Optional<AnchorRecord> last, long failures, Optional<String> trouble) {
    AnchorStatus placed(AnchorRecord record) {
        return new AnchorStatus(name, kind, Optional.of(record), failures, Optional.empty());
    }

    AnchorStatus failed(String words) {
        return new AnchorStatus(name, kind, last, failures + 1, Optional.of(words));
    }
}
