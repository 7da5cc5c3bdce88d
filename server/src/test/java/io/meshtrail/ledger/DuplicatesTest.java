package io.meshtrail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Address;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static final long NOW = 1_795_528_800_000_000_000L;

    private static Fingerprint print(long number) {
        return new Fingerprint(number, ~number);
    }

    private static Address at(long leafIndex) {
        return new Address("security", leafIndex);
    }

    @Test
    void aRepetitionIsRecognisedForFifteenMinutesAndNoLonger() {
        Duplicates duplicates = new Duplicates();
        duplicates.remember(print(1), at(7), NOW);
        assertThat(duplicates.find(print(1), NOW + Duplicates.WINDOW_NANOS)).contains(at(7));
        assertThat(duplicates.find(print(2), NOW)).isEmpty();
        assertThat(duplicates.find(print(1), NOW + Duplicates.WINDOW_NANOS + 1)).isEmpty();
    }

    @Test
    void theWindowHoldsAlsoForWhatWasRememberedOutOfOrder() {
        Duplicates duplicates = new Duplicates();
        duplicates.remember(print(1), at(1), NOW);
        duplicates.remember(print(2), at(2), NOW - Duplicates.WINDOW_NANOS);
        assertThat(duplicates.find(print(2), NOW + 1)).isEmpty();
        assertThat(duplicates.find(print(1), NOW + 1)).contains(at(1));
    }

    @Test
    void whatHasNoFingerprintIsNeverARepetition() {
        Duplicates duplicates = new Duplicates();
        duplicates.remember(Fingerprint.NONE, at(0), NOW);
        assertThat(duplicates.find(Fingerprint.NONE, NOW)).isEmpty();
    }

    @Test
    void theOldestAreForgottenBeyondTheBound() {
        Duplicates duplicates = new Duplicates(3);
        for (int i = 0; i < 5; i++) {
            duplicates.remember(print(i + 1), at(i), NOW + i);
        }
        assertThat(duplicates.find(print(2), NOW + 5)).isEmpty();
        assertThat(duplicates.find(print(3), NOW + 5)).contains(at(2));
    }

    @Test
    void whatWasWithdrawnAndCameAgainIsRememberedFromThenOn() {
        Duplicates duplicates = new Duplicates();
        duplicates.remember(print(1), at(0), NOW);
        duplicates.withdraw(print(1));
        assertThat(duplicates.find(print(1), NOW)).isEmpty();
        duplicates.remember(print(1), at(1), NOW + 100);
        assertThat(duplicates.find(print(1), NOW + Duplicates.WINDOW_NANOS + 50))
                .contains(at(1));
    }
}
