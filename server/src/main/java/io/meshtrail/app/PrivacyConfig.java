package io.meshtrail.app;

import io.meshtrail.privacy.SubjectField;
import java.util.ArrayList;
import java.util.List;

/// Which values are stored as pseudonyms.
///
/// @param subjects the fields, `privacy.subjects`; none by default
/// @param limit the most subjects that are kept, `privacy.limit`; about 130 bytes of memory each
record PrivacyConfig(List<SubjectField> subjects, int limit) {
    private static final int MOST = 16_000_000;

    PrivacyConfig {
        subjects = List.copyOf(subjects);
        if (limit < 1 || limit > MOST) {
            throw new ConfigException("privacy.limit", Integer.toString(limit), "1 to " + MOST);
        }
    }

    static PrivacyConfig of(ConfigValues values) {
        List<SubjectField> subjects = new ArrayList<>();
        for (String name : values.texts("privacy.subjects")) {
            SubjectField field = SubjectField.named(name)
                    .orElseThrow(() -> new ConfigException(
                            "privacy.subjects", name, "one of " + String.join(", ", SubjectField.known())));
            if (!subjects.contains(field)) {
                subjects.add(field);
            }
        }
        int limit = values.count("privacy.limit")
                .map(count -> (int) Math.min(count, MOST + 1L))
                .orElse(1_000_000);
        return new PrivacyConfig(subjects, limit);
    }
}
