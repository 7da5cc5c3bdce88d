package io.meshtrail.query.embedded;

import io.meshtrail.event.Address;
import io.meshtrail.query.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The text by which a caller asks for the page after a [Key]. It names a place in the order of events, so
/// pages stay stable while new events arrive.
final class Cursor {
    private static final String FORM = "-?[0-9]{1,19} .+";

    private Cursor() {}

    static String of(Key key) {
        String text = key.when() + " " + key.address();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws QueryException if the text was not made by [#of]
    static Key parse(String text) throws QueryException {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (plain.matches(FORM)) {
                int blank = plain.indexOf(' ');
                Optional<Address> address = Address.parse(plain.substring(blank + 1));
                if (address.isPresent()) {
                    return new Key(Long.parseLong(plain.substring(0, blank)), address.get());
                }
            }
        } catch (IllegalArgumentException notOurs) {
            // said below
        }
        throw new QueryException("'" + text + "' is no cursor of this server", 0);
    }
}
