package io.meshtrail.ledger;

import java.util.Locale;

/// How far an entry has come. Searchable is no stage.
public enum Stage {
    /// Durable in the journal, has its leafIndex.
    SEQUENCED,
    /// In the tree.
    INTEGRATED,
    /// Under a signed checkpoint.
    PUBLISHED,
    /// Under a checkpoint with a quorum of witnesses.
    WITNESSED;

    private final String code = name().toLowerCase(Locale.ROOT);

    /// The word in answers.
    public String code() {
        return code;
    }
}
