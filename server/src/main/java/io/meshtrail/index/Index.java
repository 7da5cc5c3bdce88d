package io.meshtrail.index;

/// All searchable rows.
public interface Index {
    /// The rows as they are now, each exactly once, whatever is being sealed or merged. Close it soon: what
    /// it names is kept until then.
    Snapshot snapshot();
}
