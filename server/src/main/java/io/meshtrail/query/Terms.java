package io.meshtrail.query;

import io.meshtrail.event.Field;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the leaves of a filter: a target, an operator and values, by the shape of the target.
final class Terms {
    private static final Pattern STATUS_CLASS = Pattern.compile("([1-9])(xx|[0-9]x)");

    private final long now;

    /// @param now nanoseconds since 1970, for `now` in times
    Terms(long now) {
        this.now = now;
    }

    static Filter word(Piece piece) throws QueryException {
        if (piece.isEmpty()) {
            throw new QueryException("an empty phrase; write * for everything", piece.position());
        }
        Wildcard pattern = piece.wildcard(true);
        return pattern.isAnything() ? new Filter.Everything() : new Filter.Word(pattern);
    }

    Filter equal(Target target, Piece piece) throws QueryException {
        if (piece.isEmpty()) {
            throw new QueryException(
                    "an empty value; write -" + target.key() + ":* for events without " + target.key(),
                    piece.position());
        }
        if (piece.wildcard(false).isAnything()) {
            return new Filter.Present(target);
        }
        return switch (target.shape()) {
            case TEXT, TEXTS -> equalText(target, piece);
            case NUMBER, TIME -> {
                Span span = span(target, piece);
                yield new Filter.Numbers(target, span.first(), span.last());
            }
        };
    }

    Filter compare(Target target, Comparison comparison, Piece piece) throws QueryException {
        return switch (target.shape()) {
            case TEXT, TEXTS -> {
                Filter.Bound bound = bound(target, piece, comparison.included());
                yield comparison.isLower()
                        ? new Filter.TextRange(target, Optional.of(bound), Optional.empty())
                        : new Filter.TextRange(target, Optional.empty(), Optional.of(bound));
            }
            case NUMBER, TIME -> {
                Span span = span(target, piece);
                yield switch (comparison) {
                    case ABOVE -> numbers(target, after(span.last()), Long.MAX_VALUE);
                    case FROM -> numbers(target, span.first(), Long.MAX_VALUE);
                    case BELOW -> numbers(target, Long.MIN_VALUE, before(span.first()));
                    case UP_TO -> numbers(target, Long.MIN_VALUE, span.last());
                };
            }
        };
    }

    Filter between(Target target, Piece from, Piece to) throws QueryException {
        boolean open = isOpen(from);
        boolean openEnd = isOpen(to);
        if (open && openEnd) {
            return new Filter.Present(target);
        }
        return switch (target.shape()) {
            case TEXT, TEXTS ->
                new Filter.TextRange(
                        target,
                        open ? Optional.empty() : Optional.of(bound(target, from, true)),
                        openEnd ? Optional.empty() : Optional.of(bound(target, to, true)));
            case NUMBER, TIME -> {
                long first = open ? Long.MIN_VALUE : span(target, from).first();
                long last = openEnd ? Long.MAX_VALUE : span(target, to).last();
                if (first > last) {
                    throw new QueryException("the range ends before it begins", from.position());
                }
                yield numbers(target, first, last);
            }
        };
    }

    private static Filter numbers(Target target, long first, long last) {
        return new Filter.Numbers(target, first, last);
    }

    private static long after(long value) {
        return value == Long.MAX_VALUE ? value : value + 1;
    }

    private static long before(long value) {
        return value == Long.MIN_VALUE ? value : value - 1;
    }

    private static boolean isOpen(Piece piece) {
        return !piece.quoted() && piece.wildcard(false).isAnything();
    }

    private static Filter equalText(Target target, Piece piece) throws QueryException {
        if (target.isAddress() && piece.isLiteral() && piece.text().indexOf('/') >= 0) {
            Optional<Network> network = Network.parse(piece.text());
            if (network.isEmpty()) {
                throw new QueryException(
                        "'" + piece.text() + "' is no network; write one like 10.0.0.0/8 or fd00::/8",
                        piece.position());
            }
            return new Filter.Addresses(target, network.get());
        }
        return new Filter.Text(target, piece.wildcard(target.ignoresCase()));
    }

    private static Filter.Bound bound(Target target, Piece piece, boolean included) throws QueryException {
        String text = literal(piece);
        return new Filter.Bound(target.ignoresCase() ? Casing.lower(text) : text, included);
    }

    private static String literal(Piece piece) throws QueryException {
        if (!piece.isLiteral()) {
            throw new QueryException("a pattern cannot be compared; write \\* for the star itself", piece.position());
        }
        return piece.text();
    }

    private Span span(Target target, Piece piece) throws QueryException {
        String text = piece.text();
        if (target.shape() == Target.Shape.TIME) {
            return TimeText.span(text, now)
                    .orElseThrow(() -> new QueryException(
                            "'" + text + "' is no time for " + target.key() + "; write " + TimeText.FORMS,
                            piece.position()));
        }
        boolean status = target instanceof Target.OfField(Field field) && field == Field.HTTP_STATUS;
        Matcher statusClass = STATUS_CLASS.matcher(text);
        if (status && statusClass.matches()) {
            long first = Long.parseLong(text.replace('x', '0'));
            return new Span(first, first + (text.endsWith("xx") ? 99 : 9));
        }
        Unit unit = unit(target);
        return unit.read(text)
                .map(Span::of)
                .orElseThrow(() -> new QueryException(
                        "'" + text + "' is no value for " + target.key() + "; write " + unit.forms()
                                + (status ? ", or a class such as 5xx" : ", or a range [a TO b]"),
                        piece.position()));
    }

    private static Unit unit(Target target) {
        if (target instanceof Target.OfField(Field field)) {
            if (field == Field.DURATION) {
                return Unit.DURATIONS;
            }
            if (field == Field.BYTES_IN || field == Field.BYTES_OUT) {
                return Unit.BYTES;
            }
        }
        return Unit.NONE;
    }
}
