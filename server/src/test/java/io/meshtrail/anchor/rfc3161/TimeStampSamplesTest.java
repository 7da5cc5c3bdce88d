package io.meshtrail.anchor.rfc3161;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.anchor.AnchoredCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.tsp.TimeStampRequest;
import org.junit.jupiter.api.Test;

/// Samples of the specification: the stamp of checkpoint 600 holds for it, the one of checkpoint 300 does
/// not.
class TimeStampSamplesTest {
    private static byte[] sample(String name) throws IOException {
        try (InputStream in = TimeStampSamplesTest.class.getResourceAsStream("/anchor/rfc3161/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static AnchoredCheckpoint checkpoint(String name) throws Exception {
        return AnchoredCheckpoint.parse(sample(name));
    }

    @Test
    void the_stamp_of_600_verifies() throws Exception {
        TimeStampVerifier verifier = new TimeStampVerifier(PinnedRoots.ofPem(sample("ca.pem")), Set.of());
        TimeStampRequest request = new TimeStampRequest(sample("checkpoint.600.tsq"));
        TimeStamp stamp = verifier.verify(
                sample("checkpoint.600.tsr"),
                checkpoint("checkpoint.600").sha256(),
                Optional.ofNullable(request.getNonce()));
        assertThat(stamp.chain()).hasSize(2);
        assertThat(stamp.chain().getFirst())
                .isEqualTo(PinnedRoots.ofPem(sample("tsa.pem")).certificates().getFirst());
    }

    @Test
    void the_stamp_of_300_does_not_verify_for_600() throws Exception {
        TimeStampVerifier verifier = new TimeStampVerifier(PinnedRoots.ofPem(sample("ca.pem")), Set.of());
        assertThatThrownBy(() -> verifier.verify(
                        sample("checkpoint.300.tsr"),
                        checkpoint("checkpoint.600").sha256(),
                        Optional.empty()))
                .isInstanceOf(TimeStampException.class)
                .hasMessageContaining("imprint");
    }
}
