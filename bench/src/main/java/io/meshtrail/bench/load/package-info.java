/// The load: [io.meshtrail.bench.traffic] sent over gRPC, as fast as the server takes it or at a rate.
///
/// Start at [Proxies].
@NullMarked
package io.meshtrail.bench.load;

import org.jspecify.annotations.NullMarked;
