package io.meshtrail.anchor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.anchor.AnchoredCheckpoint;
import io.meshtrail.anchor.Receipt;
import io.meshtrail.anchor.SampleCheckpoints;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The request that a locking bucket wants, and its answers.
class S3AnchorTest {
    private static final AnchoredCheckpoint CHECKPOINT = SampleCheckpoints.of(600);

    private LockingBucket bucket;

    @BeforeEach
    void open() throws IOException {
        bucket = new LockingBucket();
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    private S3Anchor anchor(URI endpoint, String key) {
        Instant now = Instant.parse("2026-11-24T10:00:00.5Z");
        return new S3Anchor(
                new S3Settings("vault", "audit", "eu-central-1", Optional.of(endpoint), true, Duration.ofDays(400)),
                () -> now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "a secret word")));
    }

    @Test
    void the_note_is_put_under_its_key_and_locked_for_the_term() throws Exception {
        Receipt receipt = anchor(bucket.uri(), "key").place(CHECKPOINT);
        assertThat(bucket.objects).hasSize(1);
        String path = bucket.objects.keySet().iterator().next();
        assertThat(path)
                .matches("/audit/[0-9a-f]{64}/00000000000000000600-"
                        + CHECKPOINT.root().hex().substring(0, 16));
        LockingBucket.Stored stored = bucket.objects.get(path);
        assertThat(stored.bytes()).isEqualTo(CHECKPOINT.bytes());
        assertThat(stored.headers())
                .containsEntry("x-amz-object-lock-mode", "COMPLIANCE")
                .containsEntry("x-amz-object-lock-retain-until-date", "2027-12-29T10:00:00Z")
                .containsEntry("if-none-match", "*");
        assertThat(receipt.locator()).isEqualTo("s3://" + path.substring(1));
        assertThat(receipt.says())
                .containsEntry("version", "v1")
                .containsEntry("mode", "COMPLIANCE")
                .containsEntry("retain_until", "2027-12-29T10:00:00Z");
    }

    @Test
    void the_same_again_is_taken_as_placed() throws Exception {
        anchor(bucket.uri(), "key").place(CHECKPOINT);
        Receipt again = anchor(bucket.uri(), "key").place(CHECKPOINT);
        assertThat(bucket.objects).hasSize(1);
        assertThat(again.says()).containsEntry("version", "the oldest");
    }

    @Test
    void a_bucket_without_versions_cannot_lock_and_is_refused() {
        bucket.versioned = false;
        assertThatThrownBy(() -> anchor(bucket.uri(), "key").place(CHECKPOINT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no versioning");
    }

    @Test
    void a_refusal_names_the_object_and_tells_no_secret() {
        assertThatThrownBy(() -> anchor(bucket.uri(), "other").place(CHECKPOINT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://audit/")
                .hasMessageContaining("403")
                .hasMessageContaining("told AccessDenied")
                .hasMessageNotContaining("secret");
    }

    @Test
    void nobody_there_is_told() {
        bucket.close();
        assertThatThrownBy(() -> anchor(bucket.uri(), "key").place(CHECKPOINT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://audit/");
    }
}
