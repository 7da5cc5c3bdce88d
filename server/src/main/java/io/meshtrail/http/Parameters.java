package io.meshtrail.http;

import com.linecorp.armeria.common.QueryParams;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The query parameters of one request, of which every one is known to its route. `_` is ignored, as caches
/// are broken with it.
public final class Parameters {
    private static final String CACHE_BREAKER = "_";

    private final QueryParams given;

    private Parameters(QueryParams given) {
        this.given = given;
    }

    /// @throws ProblemException (400) if one is unknown or given twice
    public static Parameters of(QueryParams given, Set<String> known) {
        for (String name : given.names()) {
            if (!known.contains(name) && !name.equals(CACHE_BREAKER)) {
                throw mistake(name, "unknown; known are " + String.join(", ", new TreeSet<>(known)));
            }
            List<String> values = given.getAll(name);
            if (values.size() > 1) {
                throw mistake(name, "given " + values.size() + " times");
            }
        }
        return new Parameters(given);
    }

    /// The value; empty if absent or blank.
    public Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).filter(value -> !value.isBlank());
    }

    /// @throws ProblemException (400) if it is no whole number from min to max
    public int integer(String name, int absent, int min, int max) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return absent;
        }
        String digits = value.get();
        if (!digits.matches("[0-9]{1,9}") || Integer.parseInt(digits) < min || Integer.parseInt(digits) > max) {
            throw mistake(name, "\"" + digits + "\" is not a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(digits);
    }

    /// The 400 of a parameter that is not understood.
    public static ProblemException mistake(String name, String what) {
        return Problem.badRequest("A parameter is not understood", name + ": " + what)
                .with("parameter", name)
                .exception();
    }
}
