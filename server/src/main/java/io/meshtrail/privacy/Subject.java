package io.meshtrail.privacy;

import java.util.List;

/// A row of the subject table: whose pseudonym it is, and what proves it.
///
/// @param fields the names of the fields in which the value was seen
/// @param salt 32 bytes: with it anybody can check that the pseudonym is this value's
public record Subject(Pseudonym pseudonym, String value, List<String> fields, byte[] salt) {
    public Subject {
        fields = List.copyOf(fields);
    }
}
