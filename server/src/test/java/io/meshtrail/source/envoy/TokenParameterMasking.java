package io.meshtrail.source.envoy;

import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// A small masking that really masks: the parameter `token`, the header `authorization`, and what follows `Bearer`.
final class TokenParameterMasking implements Masking {
    @Override
    public Sheet begin() {
        return new Notes();
    }

    private static final class Notes implements Sheet {
        private final TreeSet<String> names = new TreeSet<>();

        @Override
        public String query(String query) {
            String masked = query.replaceAll("(^|&)token=[^&]*", "$1token=[masked]");
            return noted(query, masked, "http.query:token");
        }

        @Override
        public String header(String name, String value) {
            boolean secret = name.toLowerCase(Locale.ROOT).equals("authorization");
            return secret ? noted(value, "[masked]", "header:" + name) : text(value, "header:" + name);
        }

        @Override
        public String text(String value, String where) {
            return noted(value, value.replaceAll("Bearer [A-Za-z0-9._-]+", "Bearer [masked]"), where + ":bearer");
        }

        @Override
        public Optional<String> masked() {
            return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
        }

        private String noted(String value, String masked, String name) {
            if (!masked.equals(value)) {
                names.add(name);
            }
            return masked;
        }
    }
}
