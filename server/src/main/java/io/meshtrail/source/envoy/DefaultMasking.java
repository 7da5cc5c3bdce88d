package io.meshtrail.source.envoy;

import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import java.util.Optional;

/// The masking rules of the server, for the texts of access log streams.
public final class DefaultMasking implements Masking {
    private final Mask mask;

    public DefaultMasking(Mask mask) {
        this.mask = mask;
    }

    @Override
    public Sheet begin() {
        MaskNotes notes = new MaskNotes();
        return new Sheet() {
            @Override
            public String query(String query) {
                return mask.query(query, notes);
            }

            @Override
            public String header(String name, String value) {
                return mask.header(name, value, notes);
            }

            @Override
            public String text(String value, String where) {
                return mask.text(value, where, notes);
            }

            @Override
            public Optional<String> masked() {
                return notes.value();
            }
        };
    }
}
