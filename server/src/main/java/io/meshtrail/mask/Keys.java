package io.meshtrail.mask;

import java.util.concurrent.ConcurrentHashMap;

/// Judges the names of JSON members, and remembers: producers repeat the same few hundred names. What is
/// remembered
/// is bounded, so that a sender who invents names gains nothing.
final class Keys {
    private static final int LIMIT = 4_096;
    private static final int LONGEST = 64;
    private static final int SHORTEST_TOKEN = 12;

    private final ConcurrentHashMap<String, Judgement> known = new ConcurrentHashMap<>();
    private final MaskRules rules;
    private final TextMask text;

    Keys(MaskRules rules, TextMask text) {
        this.rules = rules;
        this.text = text;
    }

    Judgement of(String name) {
        Judgement before = known.get(name);
        if (before != null) {
            return before;
        }
        boolean harmless = name.length() < SHORTEST_TOKEN
                || text.text(name, "", new MaskNotes()).equals(name);
        Judgement judgement = new Judgement(rules.key(name), harmless);
        if (name.length() <= LONGEST && known.size() < LIMIT && harmless) {
            known.put(name, judgement);
        }
        return judgement;
    }

    /// @param isSecret whether what stands below the name is a secret
    /// @param isHarmless whether the name itself holds none
    record Judgement(boolean isSecret, boolean isHarmless) {}
}
