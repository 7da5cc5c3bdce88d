/// The real machine.
@NullMarked
package io.meshtrail.host.system;

import org.jspecify.annotations.NullMarked;
