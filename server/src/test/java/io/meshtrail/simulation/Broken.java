package io.meshtrail.simulation;

/// A promise was not kept.
final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    Broken(String words) {
        super(words);
    }

    Broken(String words, Throwable cause) {
        super(words + ": " + cause, cause);
    }
}
