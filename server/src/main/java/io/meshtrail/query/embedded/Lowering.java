package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Network;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A filter as an SQL condition. SQL has three truths and the language has two: a test of an absent field
/// is NULL where the language says false. AND, OR and WHERE treat the two alike; only NOT does not, so what
/// stands under a NOT is made two-valued first.
final class Lowering {
    private final Set<String> columns = new LinkedHashSet<>();

    /// The columns that the conditions made so far read.
    Set<String> columns() {
        return columns;
    }

    /// The condition of a filter that [Narrowing] has freed from tests of the ledger's name.
    Sql condition(Filter filter) {
        return switch (filter) {
            case Filter.Everything() -> new Sql().add("TRUE");
            case Filter.And(List<Filter> filters) -> all(filters, " AND ");
            case Filter.Or(List<Filter> filters) -> all(filters, " OR ");
            case Filter.Not(Filter inner) ->
                new Sql().add("NOT coalesce(").add(condition(inner)).add(", FALSE)");
            case Filter.Word(Wildcard pattern) -> word(pattern);
            case Filter.Present(Target target) ->
                read(target, Expression.value(target)).add(" IS NOT NULL");
            case Filter.Text(Target target, Wildcard pattern) -> text(target, pattern);
            case Filter.TextRange(Target target, Optional<Filter.Bound> from, Optional<Filter.Bound> to) ->
                target.shape() == Target.Shape.TEXTS
                        ? any(target, TextSql.between(new Sql().add("x"), from, to))
                        : read(target, TextSql.between(Expression.text(target), from, to));
            case Filter.Numbers(Target target, long first, long last) -> numbers(target, first, last);
            case Filter.Addresses(Target target, Network network) ->
                read(target, NetworkSql.contains(Expression.column(target), network));
        };
    }

    private Sql all(List<Filter> filters, String joint) {
        return new Sql()
                .add("(")
                .join(filters.stream().map(this::condition).toList(), joint)
                .add(")");
    }

    private Sql word(Wildcard pattern) {
        List<Sql> fields =
                Target.WORDS.stream().map(field -> wordIn(field, pattern)).toList();
        return new Sql().add("(").join(fields, " OR ").add(")");
    }

    private Sql wordIn(Field field, Wildcard pattern) {
        Target target = new Target.OfField(field);
        return read(target, TextSql.isWithin(new Sql().add("lower(" + Column.of(field) + ")"), pattern));
    }

    private Sql text(Target target, Wildcard pattern) {
        if (target.shape() != Target.Shape.TEXTS) {
            return read(target, TextSql.matches(Expression.text(target), pattern));
        }
        return any(target, TextSql.matches(new Sql().add("x"), pattern));
    }

    /// Whether any element `x` of a list fulfils a condition.
    private Sql any(Target target, Sql condition) {
        Sql list = Expression.list(target);
        return read(
                target,
                new Sql()
                        .add("len(list_filter(")
                        .add(list)
                        .add(", lambda x: ")
                        .add(condition)
                        .add(")) > 0"));
    }

    private Sql numbers(Target target, long first, long last) {
        String column = Expression.column(target);
        if (first == last) {
            return read(target, new Sql().add(column + " = ").bind(first));
        }
        Sql sql = new Sql().add("(");
        if (first != Long.MIN_VALUE) {
            sql.add(column + " >= ").bind(first);
        }
        sql.add(first != Long.MIN_VALUE && last != Long.MAX_VALUE ? " AND " : "");
        if (last != Long.MAX_VALUE) {
            sql.add(column + " <= ").bind(last);
        }
        return read(
                target, sql.add(first == Long.MIN_VALUE && last == Long.MAX_VALUE ? column + " IS NOT NULL)" : ")"));
    }

    private Sql read(Target target, Sql sql) {
        columns.add(Expression.column(target));
        return sql;
    }
}
