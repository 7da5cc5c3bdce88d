package io.meshtrail.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the query language: a Pratt parser, in which NOT binds closer than AND, and AND closer than OR.
/// The grammar stands in `docs/reference/query-language.md`.
public final class QueryParser {
    /// The most bytes of a query in UTF-8.
    public static final int MAX_BYTES = 8_192;

    /// The most parentheses and negations inside each other.
    public static final int MAX_DEPTH = 64;

    /// The most terms of a query.
    public static final int MAX_TERMS = 1_000;

    private static final int OR = 1;
    private static final int AND = 2;
    private static final String OPERATORS = ":=<>!";
    private static final char NO_STOP = QueryScanner.END;

    private final QueryScanner scanner;
    private final Terms terms;
    private int count;

    private QueryParser(String text, long now) {
        this.scanner = new QueryScanner(text);
        this.terms = new Terms(now);
    }

    /// The filter that the text means; everything if it is blank.
    ///
    /// @param now nanoseconds since 1970, what `now` in the text means
    /// @throws QueryException if the text is no query, or too large a one
    public static Filter parse(String text, long now) throws QueryException {
        checkText(text);
        QueryParser parser = new QueryParser(text, now);
        parser.scanner.skipBlanks();
        return parser.scanner.atEnd() ? new Filter.Everything() : parser.whole();
    }

    private static void checkText(String text) throws QueryException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair || c == QueryScanner.END) {
                throw new QueryException("half a character or none", i);
            }
            i += pair ? 1 : 0;
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new QueryException("a query of " + bytes + " bytes, at most " + MAX_BYTES, 0);
        }
    }

    private Filter whole() throws QueryException {
        Filter filter = expression(0, Optional.empty(), 0);
        if (!scanner.atEnd()) {
            throw error("a closing parenthesis that nothing opens");
        }
        return filter;
    }

    /// Reads operands as long as what joins them binds closer than `power`.
    ///
    /// @param field the field whose values these are, inside `field:( … )`
    private Filter expression(int power, Optional<Target> field, int depth) throws QueryException {
        Filter left = operand(field, depth);
        while (true) {
            scanner.skipBlanks();
            if (scanner.atEnd() || scanner.peek() == ')') {
                return left;
            }
            boolean or = scanner.atWord("OR");
            if ((or ? OR : AND) <= power) {
                return left;
            }
            String word = or ? "OR" : scanner.atWord("AND") ? "AND" : "";
            scanner.advance(word.length());
            requireOperand(word);
            left = or
                    ? new Filter.Or(flat(left, expression(OR, field, depth), true))
                    : new Filter.And(flat(left, expression(AND, field, depth), false));
        }
    }

    private static List<Filter> flat(Filter left, Filter right, boolean or) {
        List<Filter> flat = new ArrayList<>();
        for (Filter side : List.of(left, right)) {
            if (or && side instanceof Filter.Or(List<Filter> filters)) {
                flat.addAll(filters);
            } else if (!or && side instanceof Filter.And(List<Filter> filters)) {
                flat.addAll(filters);
            } else {
                flat.add(side);
            }
        }
        return flat;
    }

    private void requireOperand(String word) throws QueryException {
        scanner.skipBlanks();
        if (scanner.atEnd() || scanner.peek() == ')') {
            throw error("expected a term after " + word);
        }
    }

    private Filter operand(Optional<Target> field, int depth) throws QueryException {
        if (depth > MAX_DEPTH) {
            throw error("more than " + MAX_DEPTH + " parentheses and negations inside each other");
        }
        scanner.skipBlanks();
        for (String word : List.of("AND", "OR")) {
            if (scanner.atWord(word)) {
                throw error("expected a term before " + word + "; write \"" + word + "\" for the word itself");
            }
        }
        if (scanner.atWord("NOT")) {
            scanner.advance(3);
            requireOperand("NOT");
            return new Filter.Not(operand(field, depth + 1));
        }
        if (scanner.peek() == '-') {
            scanner.advance(1);
            if (scanner.atEnd() || scanner.peek() == ')' || QueryScanner.isBlank(scanner.peek())) {
                throw error("expected a term right after '-'");
            }
            return new Filter.Not(operand(field, depth + 1));
        }
        if (scanner.peek() == '(') {
            return group(field, depth);
        }
        return field.isPresent() ? value(field.get()) : term(depth);
    }

    private Filter group(Optional<Target> field, int depth) throws QueryException {
        int open = scanner.position();
        scanner.advance(1);
        scanner.skipBlanks();
        if (scanner.peek() == ')') {
            throw error("nothing between the parentheses");
        }
        if (scanner.atEnd()) {
            throw new QueryException("the parenthesis that opens here is never closed", open);
        }
        Filter inner = expression(0, field, depth + 1);
        if (scanner.peek() != ')') {
            throw new QueryException("the parenthesis that opens here is never closed", open);
        }
        scanner.advance(1);
        return inner;
    }

    private Filter term(int depth) throws QueryException {
        int from = scanner.position();
        String name = scanner.head(OPERATORS);
        String after = operatorAt(name.length());
        if (after.isEmpty() || scanner.peek() == '"') {
            return word();
        }
        if (name.isEmpty()) {
            throw error("expected a field's name before '" + after + "'; put the word in quotes to search for it");
        }
        Optional<Target> target = Target.named(name);
        if (target.isPresent()) {
            scanner.advance(name.length() + after.length());
            return fieldTerm(target.get(), after, depth);
        }
        boolean link = scanner.startsWith(name + "://");
        if (link || !name.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
            return word();
        }
        throw new QueryException(
                "unknown field '" + name + "'"
                        + Suggestion.of(name)
                                .map(meant -> ", did you mean '" + meant + "'?")
                                .orElse("; put the word in quotes to search for it"),
                from);
    }

    /// The operator that stands some characters ahead, or the empty text.
    private String operatorAt(int ahead) {
        char first = scanner.peek(ahead);
        boolean equals = scanner.peek(ahead + 1) == '=';
        return switch (first) {
            case ':', '=' -> String.valueOf(first);
            case '<', '>' -> first + (equals ? "=" : "");
            case '!' -> equals ? "!=" : "";
            default -> "";
        };
    }

    private Filter word() throws QueryException {
        Piece piece = scanner.piece(NO_STOP);
        Filter word = Terms.word(piece);
        countTerm(piece.position());
        requireBlankAfter();
        return word;
    }

    private Filter fieldTerm(Target target, String operator, int depth) throws QueryException {
        char next = scanner.peek();
        if (next == QueryScanner.END || next == ')' || QueryScanner.isBlank(next)) {
            throw error("expected a value right after '" + target.key() + operator + "'");
        }
        for (Comparison comparison : Comparison.values()) {
            if (comparison.sign().equals(operator)) {
                return compared(target, comparison);
            }
        }
        Filter equal = next == '(' ? group(Optional.of(target), depth) : value(target);
        return operator.equals("!=") ? new Filter.Not(equal) : equal;
    }

    /// A value, range or comparison of a field that is known.
    private Filter value(Target target) throws QueryException {
        char next = scanner.peek();
        if (next == '[') {
            return range(target);
        }
        if (next == '<' || next == '>') {
            String sign = operatorAt(0);
            scanner.advance(sign.length());
            return compared(
                    target,
                    sign.equals(">")
                            ? Comparison.ABOVE
                            : sign.equals("<")
                                    ? Comparison.BELOW
                                    : sign.equals(">=") ? Comparison.FROM : Comparison.UP_TO);
        }
        Piece piece = scanner.piece(NO_STOP);
        countTerm(piece.position());
        requireBlankAfter();
        return terms.equal(target, piece);
    }

    private Filter compared(Target target, Comparison comparison) throws QueryException {
        Piece piece = scanner.piece(NO_STOP);
        if (piece.isEmpty()) {
            throw new QueryException("expected a value after '" + comparison.sign() + "'", piece.position());
        }
        countTerm(piece.position());
        requireBlankAfter();
        return terms.compare(target, comparison, piece);
    }

    private Filter range(Target target) throws QueryException {
        int open = scanner.position();
        scanner.advance(1);
        Piece from = rangeEnd(open);
        scanner.skipBlanks();
        if (!scanner.atWord("TO")) {
            throw error("expected TO between the ends of the range, as in [a TO b]");
        }
        scanner.advance(2);
        Piece to = rangeEnd(open);
        scanner.skipBlanks();
        if (scanner.peek() != ']') {
            throw scanner.atEnd()
                    ? new QueryException("the range that opens here is never closed by ']'", open)
                    : error("expected ']' after the end of the range");
        }
        scanner.advance(1);
        countTerm(open);
        requireBlankAfter();
        return terms.between(target, from, to);
    }

    private Piece rangeEnd(int open) throws QueryException {
        scanner.skipBlanks();
        if (scanner.atEnd()) {
            throw new QueryException("the range that opens here is never closed by ']'", open);
        }
        Piece piece = scanner.piece(']');
        if (piece.isEmpty()) {
            throw new QueryException("expected a value, or * for an open end", piece.position());
        }
        return piece;
    }

    private void countTerm(int position) throws QueryException {
        count++;
        if (count > MAX_TERMS) {
            throw new QueryException("more than " + MAX_TERMS + " terms", position);
        }
    }

    private void requireBlankAfter() throws QueryException {
        char next = scanner.peek();
        boolean fine = next == QueryScanner.END || next == ')' || QueryScanner.isBlank(next);
        if (!fine) {
            throw error("expected a blank between terms");
        }
    }

    private QueryException error(String message) {
        return new QueryException(message, scanner.position());
    }
}
