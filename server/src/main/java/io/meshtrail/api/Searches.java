package io.meshtrail.api;

import com.linecorp.armeria.common.HttpStatus;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemException;
import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Search;
import io.meshtrail.query.TimeText;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Reads the parameters `q`, `from` and `to` of every searching route.
final class Searches {
    private final LongSupplier now;

    Searches(LongSupplier now) {
        this.now = now;
    }

    /// @throws ProblemException (400) if one does not parse
    Search of(Parameters given) {
        long asked = now.getAsLong();
        Search range = range(given, asked);
        return new Search(filter(given.text("q").orElse(""), asked), range.from(), range.to());
    }

    /// Everything within `from` and `to`, whatever `q` is.
    Search range(Parameters given) {
        return range(given, now.getAsLong());
    }

    private static Search range(Parameters given, long asked) {
        long from = time("from", given, Long.MIN_VALUE, asked);
        long to = time("to", given, Long.MAX_VALUE, asked);
        return new Search(new Filter.Everything(), from, to);
    }

    private static long time(String parameter, Parameters given, long absent, long asked) {
        Optional<String> text = given.text(parameter);
        if (text.isEmpty()) {
            return absent;
        }
        return TimeText.parse(text.get(), asked)
                .orElseThrow(() -> Parameters.mistake(
                        parameter,
                        "\"" + text.get() + "\" is neither RFC 3339 (2026-11-24T10:15:00Z) nor like now-15m"));
    }

    Filter filter(String text) {
        return filter(text, now.getAsLong());
    }

    private Filter filter(String text, long asked) {
        try {
            return QueryParser.parse(text, asked);
        } catch (QueryException mistake) {
            throw problem("The query does not parse", mistake);
        }
    }

    /// The 400 of a question that cannot be asked.
    static ProblemException problem(String title, QueryException mistake) {
        return Problem.of(HttpStatus.BAD_REQUEST, title, String.valueOf(mistake.getMessage()))
                .with("position", mistake.position())
                .exception();
    }
}
