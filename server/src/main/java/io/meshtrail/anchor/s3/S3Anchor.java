package io.meshtrail.anchor.s3;

import io.meshtrail.anchor.Anchor;
import io.meshtrail.anchor.AnchoredCheckpoint;
import io.meshtrail.anchor.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Puts each checkpoint as an object of its own, locked in compliance mode: nobody, the owner of the
/// account included, can shorten the term or delete that version before it is over. A lock holds a version,
/// not a key, so a reader takes the oldest version of a key.
///
/// Credentials come the ways in which the AWS SDK finds them: environment, profile, web identity, instance.
public final class S3Anchor implements Anchor {
    private static final int ALREADY_THERE = 412;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final S3Settings settings;
    private final LongSupplier clock;
    private final S3Client client;

    /// @param clock nanoseconds since 1970, from which the term counts
    public S3Anchor(S3Settings settings, LongSupplier clock) {
        this(settings, clock, DefaultCredentialsProvider.builder().build());
    }

    S3Anchor(S3Settings settings, LongSupplier clock, AwsCredentialsProvider credentials) {
        this.settings = settings;
        this.clock = clock;
        S3ClientBuilder builder = S3Client.builder()
                .credentialsProvider(credentials)
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                // The note goes as it is: its checksum is in the header, and not every server reads
                // signed chunks.
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(10))
                        .socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE));
        settings.endpoint().ifPresent(builder::endpointOverride);
        this.client = builder.build();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return "s3";
    }

    @Override
    public Receipt place(AnchoredCheckpoint checkpoint) throws IOException {
        String key = key(checkpoint);
        Instant until = Instant.ofEpochSecond(0, clock.getAsLong())
                .plus(settings.term())
                .truncatedTo(ChronoUnit.SECONDS);
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(key)
                .contentType("text/plain; charset=utf-8")
                .objectLockMode(ObjectLockMode.COMPLIANCE)
                .objectLockRetainUntilDate(until)
                // A put with a lock must carry one of these; which one, servers see differently.
                .contentMD5(Base64.getEncoder().encodeToString(digest("MD5", checkpoint.bytes())))
                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                .checksumSHA256(
                        Base64.getEncoder().encodeToString(checkpoint.sha256().bytes()))
                .ifNoneMatch("*")
                .build();
        try {
            PutObjectResponse answer = client.putObject(request, RequestBody.fromBytes(checkpoint.bytes()));
            if (answer.versionId() == null) {
                throw new IOException(where(key) + " was taken without a version: the bucket has no versioning, and"
                        + " so no Object Lock");
            }
            return receipt(key, until.toString(), answer.versionId());
        } catch (S3Exception refused) {
            if (refused.statusCode() == ALREADY_THERE) {
                // An earlier attempt got through and its answer did not; key and root are the same.
                return receipt(key, "as it was put before", "the oldest");
            }
            throw new IOException(
                    "PutObject of " + where(key) + " ended with " + refused.statusCode() + ": " + words(refused),
                    refused);
        } catch (SdkException unreachable) {
            throw new IOException("PutObject of " + where(key) + ": " + unreachable.getMessage(), unreachable);
        }
    }

    private static String words(S3Exception refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return String.valueOf(details == null ? refused.getMessage() : details.errorMessage());
    }

    private Receipt receipt(String key, String until, String version) {
        return Receipt.at(where(key), Map.of("version", version, "retain_until", until, "mode", "COMPLIANCE"));
    }

    private String where(String key) {
        return "s3://" + settings.bucket() + "/" + key;
    }

    /// By origin, then by size, so that listing shows the order; with a part of the root, so that two
    /// histories of one size lie side by side.
    private static String key(AnchoredCheckpoint checkpoint) {
        byte[] origin = digest("SHA-256", checkpoint.origin().getBytes(StandardCharsets.UTF_8));
        String root = checkpoint.root().hex().substring(0, 16);
        return HexFormat.of().formatHex(origin) + "/" + String.format("%020d-%s", checkpoint.treeSize(), root);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }
}
