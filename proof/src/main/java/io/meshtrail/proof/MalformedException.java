package io.meshtrail.proof;

/// Bytes or text that do not follow their format. The message names what was being read and what is wrong
/// with it.
///
/// Parsers of this module answer any input with a value or with this exception, nothing else.
public final class MalformedException extends Exception {
    private final String words;

    public MalformedException(String words) {
        super(words);
        this.words = words;
    }

    /// What is wrong; never absent.
    @Override
    public String getMessage() {
        return words;
    }

    /// Puts the place in front of the message, so that nested formats tell where they broke.
    MalformedException in(String place) {
        return new MalformedException(place + ": " + words);
    }
}
