package io.meshtrail.api;

import com.linecorp.armeria.common.HttpStatus;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemException;
import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.function.LongSupplier;

/// Reads the parameters `q`, `from` and `to` of every searching route.
final class Searches {
    private final QueryText language;
    private final LongSupplier now;

    Searches(QueryText language, LongSupplier now) {
        this.language = language;
        this.now = now;
    }

    /// @throws ProblemException (400) if one does not parse
    Search of(Parameters given) {
        long asked = now.getAsLong();
        long from = TimeText.parse("from", given.text("from"), Long.MIN_VALUE, asked);
        long to = TimeText.parse("to", given.text("to"), Long.MAX_VALUE, asked);
        return new Search(filter(given.text("q").orElse(""), asked), from, to);
    }

    Filter filter(String text) {
        return filter(text, now.getAsLong());
    }

    private Filter filter(String text, long asked) {
        try {
            return language.parse(text, asked);
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
