package io.meshtrail.api;

import io.meshtrail.query.Filter;
import io.meshtrail.query.Hit;

/// Whether one event is what a filter asks for: exactly as the search engine would say.
@FunctionalInterface
public interface HitTest {
    boolean matches(Filter filter, Hit hit);
}
