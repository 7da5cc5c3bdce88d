package io.meshtrail.segment;

import java.util.List;

/// What sidecars are asked: which rows can have these values. Rows that they do not name cannot.
public sealed interface NeedleQuery {
    /// Rows that have one of some values.
    record OneOf(List<Needle> needles) implements NeedleQuery {
        public OneOf {
            needles = List.copyOf(needles);
        }
    }

    /// Rows that are in all answers.
    record All(List<NeedleQuery> queries) implements NeedleQuery {
        public All {
            queries = List.copyOf(queries);
        }
    }

    /// Rows that are in at least one answer.
    record Any(List<NeedleQuery> queries) implements NeedleQuery {
        public Any {
            queries = List.copyOf(queries);
        }
    }
}
