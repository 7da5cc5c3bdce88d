/// What Envoy's own words mean, tested without any wire format. Start at [EnvoyVerdictTest].
@NullMarked
package io.meshtrail.envoy;

import org.jspecify.annotations.NullMarked;
