/// Tests that walk through several packages. Start at [LifeOfAnEventTest].
@org.jspecify.annotations.NullMarked
package io.meshtrail;
