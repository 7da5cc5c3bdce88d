package io.meshtrail.anchor.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where a bucket is and how long it keeps.
///
/// @param name the anchor's name
/// @param bucket with versioning and Object Lock
/// @param region such as `eu-central-1`
/// @param endpoint of a server that is not Amazon's
/// @param pathStyle whether the bucket stands in the path and not in the host name, as most such servers
///     want
/// @param term after which an object may be deleted; a day to a hundred years
public record S3Settings(
        String name, String bucket, String region, Optional<URI> endpoint, boolean pathStyle, Duration term) {
    public S3Settings {
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new IllegalArgumentException("a bucket of 3 to 63 of a-z 0-9 . -, not '" + bucket + "'");
        }
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("a region such as eu-central-1, not '" + region + "'");
        }
        if (term.compareTo(Duration.ofDays(1)) < 0 || term.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new IllegalArgumentException("a term of 1d to 36500d, not " + term);
        }
    }
}
