package io.meshtrail.query;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Says whether an event is what a filter asks for. It is the meaning of the language: what an engine
/// answers must be what this says.
public final class FilterMatcher {
    private final Filter filter;

    public FilterMatcher(Filter filter) {
        this.filter = filter;
    }

    public boolean matches(Address address, AuditEvent event) {
        return matches(filter, address, event);
    }

    private static boolean matches(Filter filter, Address address, AuditEvent event) {
        return switch (filter) {
            case Filter.Everything() -> true;
            case Filter.And(List<Filter> filters) -> filters.stream().allMatch(each -> matches(each, address, event));
            case Filter.Or(List<Filter> filters) -> filters.stream().anyMatch(each -> matches(each, address, event));
            case Filter.Not(Filter inner) -> !matches(inner, address, event);
            case Filter.Word(Wildcard pattern) -> word(pattern, event);
            case Filter.Present(Target target) -> present(target, event);
            case Filter.Text(Target target, Wildcard pattern) -> anyText(target, address, event, pattern::matches);
            case Filter.TextRange(Target target, Optional<Filter.Bound> from, Optional<Filter.Bound> to) ->
                anyText(target, address, event, text -> isBetween(text, from, to));
            case Filter.Numbers(Target target, long first, long last) ->
                number(target, address, event).stream().anyMatch(value -> first <= value && value <= last);
            case Filter.Addresses(Target target, Network network) -> anyText(target, address, event, network::contains);
        };
    }

    private static boolean word(Wildcard pattern, AuditEvent event) {
        return Target.WORDS.stream()
                .anyMatch(field -> event.text(field)
                        .filter(text -> pattern.isWithin(Casing.lower(text)))
                        .isPresent());
    }

    private static boolean present(Target target, AuditEvent event) {
        return switch (target) {
            case Target.OfField(Field field) -> event.has(field);
            case Target.Attribute(String name) -> event.attributes().containsKey(name);
            case Target.Ledger() -> true;
            case Target.LeafIndex() -> true;
        };
    }

    private static boolean anyText(Target target, Address address, AuditEvent event, Predicate<String> test) {
        boolean fold = target.ignoresCase();
        return texts(target, address, event).stream().anyMatch(text -> test.test(fold ? Casing.lower(text) : text));
    }

    private static List<String> texts(Target target, Address address, AuditEvent event) {
        return switch (target) {
            case Target.OfField(Field field) ->
                field.type() == Field.Type.TEXTS
                        ? event.texts(field)
                        : event.text(field).map(List::of).orElse(List.of());
            case Target.Attribute(String name) ->
                Optional.ofNullable(event.attributes().get(name)).map(List::of).orElse(List.of());
            case Target.Ledger() -> List.of(address.ledger());
            case Target.LeafIndex() -> List.of();
        };
    }

    private static OptionalLong number(Target target, Address address, AuditEvent event) {
        return switch (target) {
            case Target.OfField(Field field) -> event.number(field);
            case Target.LeafIndex() -> OptionalLong.of(address.leafIndex());
            case Target.Attribute(String name) -> OptionalLong.empty();
            case Target.Ledger() -> OptionalLong.empty();
        };
    }

    private static boolean isBetween(String text, Optional<Filter.Bound> from, Optional<Filter.Bound> to) {
        int below = from.map(bound -> TextOrder.compare(bound.text(), text) - (bound.included() ? 1 : 0))
                .orElse(-1);
        int above = to.map(bound -> TextOrder.compare(text, bound.text()) - (bound.included() ? 1 : 0))
                .orElse(-1);
        return below < 0 && above < 0;
    }
}
