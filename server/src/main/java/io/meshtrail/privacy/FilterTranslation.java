package io.meshtrail.privacy;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.query.Casing;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import io.meshtrail.query.Network;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What people ask about values, asked about stored events: each test of a text is also true of the
/// pseudonyms of the values that pass it. Values that were stored before the setting was on are still
/// found as they are.
final class FilterTranslation {
    /// The most subjects that one test stands for.
    static final int MOST = 1_000;

    /// The longest literal in which values are looked for.
    private static final int LONGEST = 256;

    /// The most values that are replaced in one literal.
    private static final int REPLACED = 8;

    private static final Wildcard ANY_PSEUDONYM = new Wildcard(List.of("~", ""));

    private final SubjectTable table;
    private final Set<String> incomplete = new LinkedHashSet<>();

    FilterTranslation(SubjectTable table) {
        this.table = table;
    }

    /// What was left out, in words; empty if the translation says all that was asked.
    List<String> incomplete() {
        return List.copyOf(incomplete);
    }

    Filter of(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> filters) ->
                new Filter.And(filters.stream().map(this::of).toList());
            case Filter.Or(List<Filter> filters) ->
                new Filter.Or(filters.stream().map(this::of).toList());
            case Filter.Not(Filter inner) -> new Filter.Not(of(inner));
            case Filter.Word word -> word(word);
            case Filter.Text text -> text(text);
            case Filter.TextRange range -> byScan(range, range.target());
            case Filter.Addresses addresses -> byScan(addresses, addresses.target());
            case Filter.Everything everything -> everything;
            case Filter.Present present -> present;
            case Filter.Numbers numbers -> numbers;
        };
    }

    private Filter word(Filter.Word word) {
        int mask = 0;
        for (Field field : Target.WORDS) {
            mask |= SubjectField.of(field).map(SubjectField::bit).orElse(0);
        }
        Wildcard pattern = word.pattern();
        List<Filter> all = new ArrayList<>(List.of(word));
        for (Subject subject : scan(mask, value -> pattern.isWithin(Casing.lower(value)), "a bare word")) {
            all.add(new Filter.Word(
                    Wildcard.exactly(Casing.lower(subject.pseudonym().toString()))));
        }
        for (Wildcard rewritten : rewritten(pattern, true)) {
            all.add(new Filter.Word(rewritten));
        }
        return either(all);
    }

    private Filter text(Filter.Text text) {
        Target target = text.target();
        if (target instanceof Target.Ledger) {
            return text;
        }
        boolean needsScan = !text.pattern().isExact() || target.ignoresCase();
        List<Filter> all = new ArrayList<>(List.of(needsScan ? byScan(text, target) : text));
        for (Wildcard rewritten : rewritten(text.pattern(), target.ignoresCase())) {
            all.add(new Filter.Text(target, rewritten));
        }
        return either(all);
    }

    /// A test that only the values themselves can answer.
    private Filter byScan(Filter test, Target target) {
        Optional<SubjectField> field =
                target instanceof Target.OfField(Field named) ? SubjectField.of(named) : Optional.empty();
        if (field.isEmpty()) {
            return test;
        }
        List<Subject> found =
                scan(field.orElseThrow().bit(), holds(test, target), "a pattern or range of " + target.key());
        List<Filter> all = new ArrayList<>();
        // A pseudonym's own letters must not pass for a value's.
        boolean ofPseudonyms = test instanceof Filter.Text(Target same, Wildcard pattern)
                && pattern.first().startsWith("~");
        all.add(
                ofPseudonyms || target.shape() == Target.Shape.TEXTS
                        ? test
                        : new Filter.And(List.of(test, new Filter.Not(new Filter.Text(target, ANY_PSEUDONYM)))));
        for (Subject subject : found) {
            String name = subject.pseudonym().toString();
            all.add(new Filter.Text(target, Wildcard.exactly(target.ignoresCase() ? Casing.lower(name) : name)));
        }
        return either(all);
    }

    /// Whether a value passes a test of a field.
    private static Predicate<String> holds(Filter test, Target target) {
        if (!(target instanceof Target.OfField(Field field))) {
            return value -> false;
        }
        boolean fold = target.ignoresCase();
        if (test instanceof Filter.Text(Target same, Wildcard pattern)) {
            return value -> pattern.matches(fold ? Casing.lower(value) : value);
        }
        if (test instanceof Filter.Addresses(Target same, Network network)) {
            return network::contains;
        }
        FilterMatcher matcher = new FilterMatcher(test);
        Address nowhere = new Address("none", 0);
        return value -> {
            AuditEvent.Builder event = AuditEvent.builder();
            boolean list = field.type() == Field.Type.TEXTS;
            return matcher.matches(
                    nowhere, (list ? event.texts(field, List.of(value)) : event.text(field, value)).build());
        };
    }

    private List<Subject> scan(int fields, Predicate<String> test, String what) {
        SubjectTable.Some some = table.scan(fields, test, MOST);
        if (!some.all()) {
            incomplete.add(what + " stands for more than " + MOST + " subjects; the others were not looked for");
        }
        return some.subjects();
    }

    /// The pattern as it may stand in text in which values were replaced: with each value in it alone,
    /// and with all.
    private List<Wildcard> rewritten(Wildcard pattern, boolean lowered) {
        Map<String, Pseudonym> values = new LinkedHashMap<>();
        pattern.parts().forEach(part -> collect(part, values));
        List<Wildcard> all = new ArrayList<>();
        Needles.Builder together = new Needles.Builder();
        values.forEach((value, pseudonym) -> {
            together.add(value, pseudonym, false);
            add(pattern, new Needles.Builder().add(value, pseudonym, false).build(), lowered, all);
        });
        if (values.size() > 1) {
            add(pattern, together.build(), lowered, all);
        }
        return all;
    }

    private static void add(Wildcard pattern, Needles needles, boolean lowered, List<Wildcard> all) {
        Wildcard rewritten = new Wildcard(pattern.parts().stream()
                .map(needles::text)
                .map(part -> lowered ? Casing.lower(part) : part)
                .toList());
        if (!rewritten.equals(pattern) && !all.contains(rewritten)) {
            all.add(rewritten);
        }
    }

    /// The values that stand in a literal, the longest first.
    private void collect(String literal, Map<String, Pseudonym> values) {
        if (literal.length() > LONGEST) {
            table.find(literal).ifPresent(pseudonym -> values.put(literal, pseudonym));
            return;
        }
        for (int length = literal.length(); length > 0; length--) {
            for (int from = 0; from + length <= literal.length(); from++) {
                String part = literal.substring(from, from + length);
                if (values.size() < REPLACED && !values.containsKey(part)) {
                    table.find(part).ifPresent(pseudonym -> values.put(part, pseudonym));
                }
            }
        }
    }

    private static Filter either(List<Filter> filters) {
        return filters.size() == 1
                ? filters.getFirst()
                : new Filter.Or(filters.stream().distinct().collect(Collectors.toList()));
    }
}
