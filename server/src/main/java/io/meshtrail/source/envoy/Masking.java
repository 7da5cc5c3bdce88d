package io.meshtrail.source.envoy;

import java.util.Optional;

/// Takes secrets out of the texts of a stream's events. The rules live elsewhere; the decoder only says what
/// each text is, and asks for one [Sheet] an event.
@FunctionalInterface
public interface Masking {
    /// The notes of one event.
    Sheet begin();

    /// Masks the texts of one event and remembers the names of what was masked.
    interface Sheet {
        /// A query string, without the `?`.
        String query(String query);

        /// The value of a header or of a tag that may hold one.
        String header(String name, String value);

        /// Free text.
        ///
        /// @param where the field it will stand in, such as `http.path`
        String text(String value, String where);

        /// The names for the field `masked`; empty if nothing was masked.
        Optional<String> masked();
    }
}
