package io.meshtrail.app;

import io.meshtrail.ledger.LiftNote;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.query.QueryException;
import io.meshtrail.retention.RetentionClass;
import io.meshtrail.retention.RetentionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The keys `retention.…` and `merge.interval`. The preset is the term of all ledgers but `root` that have none of
/// their own, see [LedgersConfig].
///
/// @param mergeInterval at most one merge in this time
record RetentionConfig(RetentionSettings settings, Duration mergeInterval) {
    /// What the presets mean: whole years, leap days included.
    private static final Map<String, Duration> PRESETS = Map.of(
            "pci", Duration.ofDays(366),
            "400d", Duration.ofDays(400),
            "3y", Duration.ofDays(3 * 365 + 1),
            "6y", Duration.ofDays(6 * 365 + 2),
            "7y", Duration.ofDays(7 * 365 + 2));

    RetentionConfig {
        if (mergeInterval.compareTo(Duration.ofMillis(100)) < 0) {
            throw new ConfigException("merge.interval", mergeInterval.toString(), "at least 100ms");
        }
        if (settings.interval().compareTo(Duration.ofMillis(100)) < 0) {
            throw new ConfigException("retention.interval", settings.interval().toString(), "at least 100ms");
        }
    }

    /// The term that `retention.preset` means, if it is set.
    static Optional<Duration> preset(ConfigValues values) {
        return values.text("retention.preset")
                .map(name -> Optional.ofNullable(PRESETS.get(name))
                        .orElseThrow(() -> new ConfigException("retention.preset", name, "pci, 400d, 3y, 6y or 7y")));
    }

    static RetentionConfig of(ConfigValues values) {
        boolean compliance = values.text("retention.mode")
                .map(mode -> switch (mode) {
                    case "normal" -> false;
                    case "compliance" -> true;
                    default -> throw new ConfigException("retention.mode", mode, "normal or compliance");
                })
                .orElse(false);
        RetentionSettings settings = new RetentionSettings(
                compliance,
                classes(values),
                approvers(values),
                values.duration("retention.interval").orElse(RetentionSettings.DEFAULT.interval()));
        return new RetentionConfig(settings, values.duration("merge.interval").orElse(Duration.ofSeconds(10)));
    }

    private static List<RetentionClass> classes(ConfigValues values) {
        List<RetentionClass> classes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (String item : values.sections("retention.classes")) {
            String key = "retention.classes." + item;
            String name = values.text(key + ".name")
                    .orElseThrow(() -> new ConfigException(key + ".name", "", "a name for the class"));
            String query =
                    values.text(key + ".when").orElseThrow(() -> new ConfigException(key + ".when", "", "a query"));
            Duration term = values.duration(key + ".term")
                    .orElseThrow(() -> new ConfigException(key + ".term", "", "a duration such as 400d"));
            if (!name.matches("[a-z0-9][a-z0-9.-]{0,63}") || !names.add(name)) {
                throw new ConfigException(key + ".name", name, "[a-z0-9][a-z0-9.-]*, each name once");
            }
            if (query.length() > 1_000) {
                throw new ConfigException(key + ".when", query, "at most 1,000 characters");
            }
            try {
                classes.add(RetentionClass.of(name, query, term));
            } catch (QueryException wrong) {
                throw new ConfigException(
                        key + ".when", query, "a query: " + wrong.getMessage() + " at character " + wrong.position());
            }
        }
        return classes;
    }

    private static List<io.meshtrail.proof.VerifierKey> approvers(ConfigValues values) {
        List<String> vkeys = values.texts("retention.approvers");
        if (vkeys.size() > 16) {
            throw new ConfigException("retention.approvers", vkeys.size() + " keys", "at most 16");
        }
        try {
            return LiftNote.keys(vkeys);
        } catch (MalformedException wrong) {
            throw new ConfigException("retention.approvers: " + wrong.getMessage());
        }
    }
}
