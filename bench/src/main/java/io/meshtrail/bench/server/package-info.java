/// The server under measurement: started, asked, weighed and stopped, all from outside its process.
///
/// Start at [MeshtrailProcess].
@NullMarked
package io.meshtrail.bench.server;

import org.jspecify.annotations.NullMarked;
