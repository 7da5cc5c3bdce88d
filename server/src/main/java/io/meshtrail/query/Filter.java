package io.meshtrail.query;

import java.util.List;
import java.util.Optional;

/// What an event must be like: the tree that the parser makes. Two-valued: a test of a field that an event
/// does not have is false, and its [Not] is true.
public sealed interface Filter {
    /// Every event.
    record Everything() implements Filter {}

    /// All of them.
    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }
    }

    /// At least one of them.
    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }
    }

    record Not(Filter filter) implements Filter {}

    /// A free word: a part of one of [Target#WORDS], whatever the case.
    ///
    /// @param pattern in lower case ([Casing]); what stands before and after it does not matter
    record Word(Wildcard pattern) implements Filter {}

    record Present(Target target) implements Filter {}

    /// A text that looks like the pattern from end to end; of a list, any element.
    ///
    /// @param pattern in lower case if the target ignores case
    record Text(Target target, Wildcard pattern) implements Filter {}

    /// A text between two others in the order of code points; of a list, any element. Bounds are in lower
    /// case if the target ignores case.
    record TextRange(Target target, Optional<Bound> from, Optional<Bound> to) implements Filter {}

    /// One end of a [TextRange].
    ///
    /// @param included whether the text itself is in the range
    record Bound(String text, boolean included) {}

    /// A number, or a time in nanoseconds since 1970.
    ///
    /// @param first the smallest, Long.MIN_VALUE for no limit
    /// @param last the largest, itself included; Long.MAX_VALUE for no limit
    record Numbers(Target target, long first, long last) implements Filter {}

    /// An address of a network.
    record Addresses(Target target, Network network) implements Filter {}
}
