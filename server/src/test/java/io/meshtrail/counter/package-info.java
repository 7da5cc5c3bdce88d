@NullMarked
package io.meshtrail.counter;

import org.jspecify.annotations.NullMarked;
