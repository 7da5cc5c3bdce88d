package io.meshtrail.query;

/// What an event must be like: the tree that the parser makes.
public sealed interface Filter {
    /// Every event.
    record Everything() implements Filter {}
}
