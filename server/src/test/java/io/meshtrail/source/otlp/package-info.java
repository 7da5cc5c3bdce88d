@NullMarked
package io.meshtrail.source.otlp;

import org.jspecify.annotations.NullMarked;
