@NullMarked
package io.meshtrail.source.envoy;

import org.jspecify.annotations.NullMarked;
