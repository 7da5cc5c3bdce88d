/// Wires it all by hand in one readable method, starts it and stops it. The only package that knows every
/// other.
///
/// Start at [Main], then [MeshtrailServer].
@NullMarked
package io.meshtrail.app;

import org.jspecify.annotations.NullMarked;
