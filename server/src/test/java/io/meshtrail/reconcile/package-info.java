@NullMarked
package io.meshtrail.reconcile;

import org.jspecify.annotations.NullMarked;
