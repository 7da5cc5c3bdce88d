package io.meshtrail.app;

/// A setting is missing, unknown or out of range.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String key, String value, String expected) {
        super("configuration key '" + key + "'" + (value.isEmpty() ? " is missing" : " is '" + value + "'")
                + "; expected " + expected);
    }

    ConfigException(String message) {
        super(message);
    }
}
