package io.meshtrail.anchor.rfc3161;

import io.meshtrail.anchor.Anchor;
import io.meshtrail.anchor.AnchoredCheckpoint;
import io.meshtrail.anchor.BoundedPost;
import io.meshtrail.anchor.Receipt;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/// Has an authority stamp the SHA-256 of the complete note. What it answers is checked before it counts,
/// and kept with the request and the certificates: `.checkpoint` (the note), `.tsq`, `.tsr`, `.pem` (signer
/// first, pinned root last).
public final class TimeStampAnchor implements Anchor {
    private static final int MOST_ANSWER = 64 * 1024;
    private static final int NONCE_BITS = 64;

    /// How far the authority's clock may be from ours beyond the accuracy that one expects of both.
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final String name;
    private final BoundedPost post;
    private final TimeStampVerifier verifier;
    private final LongSupplier clock;
    private final SecureRandom random;

    /// @param authority where its HTTP interface is
    /// @param clock nanoseconds since 1970
    /// @param random for nonces
    public TimeStampAnchor(
            String name, URI authority, TimeStampVerifier verifier, LongSupplier clock, SecureRandom random) {
        this.name = name;
        this.post = new BoundedPost(authority, MOST_ANSWER);
        this.verifier = verifier;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "rfc3161";
    }

    @Override
    public Receipt place(AnchoredCheckpoint checkpoint) throws IOException, InterruptedException {
        BigInteger nonce = new BigInteger(NONCE_BITS, random);
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        byte[] query = generator
                .generate(TSPAlgorithms.SHA256, checkpoint.sha256().bytes(), nonce)
                .getEncoded();
        Instant before = now();
        HttpResponse<byte[]> answer = post.send(query, Map.of("Content-Type", "application/timestamp-query"));
        String type = answer.headers().firstValue("Content-Type").orElse("nothing");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/timestamp-reply")) {
            throw new TimeStampException(post.shown() + " answered " + type + ", no application/timestamp-reply");
        }
        TimeStamp stamp = verifier.verify(answer.body(), checkpoint.sha256(), Optional.of(nonce));
        if (stamp.at().isBefore(before.minus(TOLERANCE)) || stamp.at().isAfter(now().plus(TOLERANCE))) {
            throw new TimeStampException(post.shown() + " says it is " + stamp.at() + ", this machine says " + now()
                    + "; one of the clocks is wrong");
        }
        return new Receipt(
                post.shown() + ", serial number " + stamp.serial() + ", " + stamp.at(),
                Map.of(
                        "time", stamp.at().toString(),
                        "serial", stamp.serial().toString(),
                        "policy", stamp.policy(),
                        "authority", stamp.authority()),
                Map.of("checkpoint", checkpoint.bytes(), "tsq", query, "tsr", answer.body(), "pem", chain(stamp)));
    }

    private static byte[] chain(TimeStamp stamp) throws TimeStampException {
        try {
            return PinnedRoots.pem(stamp.chain());
        } catch (CertificateException impossible) {
            throw new TimeStampException("a certificate of the chain cannot be written", impossible);
        }
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.getAsLong());
    }
}
