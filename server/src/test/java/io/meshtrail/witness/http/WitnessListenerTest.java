package io.meshtrail.witness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.host.system.SystemHost;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.witness.KnownLogs;
import io.meshtrail.witness.Witness;
import io.meshtrail.witness.WitnessKeys;
import io.meshtrail.witness.WitnessTransport;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol on the wire.
final class WitnessListenerTest {
    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private SigningKey log;
    private Witness witness;
    private WitnessListener listener;

    @BeforeEach
    void start() throws Exception {
        log = SigningKey.ofSeed("log.example", SignatureType.ED25519, new byte[32]);
        SystemHost host = new SystemHost();
        WitnessKeys keys = WitnessKeys.open(host, folder, Optional.empty(), false);
        KnownLogs logs = new KnownLogs(host.disk(), folder.resolve("logs.txt"), List.of(log.verifierKey()));
        witness = new Witness(host, folder, keys, logs);
        listener = WitnessListener.start(new ListenAddress("127.0.0.1", 0), witness, Duration.ofMillis(500));
    }

    @AfterEach
    void stop() {
        listener.close();
        client.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + listener.address().getPort() + path;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url(path))).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url("/add-checkpoint")))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aCheckpointIsCosignedAndShownToMonitorsAndTheKeyIsTold() throws Exception {
        SignedNote note = Checkpoint.of("log.example", TreeHead.EMPTY).sign(log);
        String monitor = "/" + "8b6a1ea7d4e0a5ab1c5e4b9a1c7d1d2b4b8f8c0f0d1a2b3c4d5e6f708192a3b4" + "/checkpoint";
        assertThat(get(monitor).statusCode()).isEqualTo(404);
        HttpResponse<String> answer = post("old 0\n\n" + note.print());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).startsWith("\u2014 witness-");
        HttpResponse<String> shown = get("/" + hex("log.example") + "/checkpoint");
        assertThat(shown.body()).isEqualTo(note.print() + answer.body());
        assertThat(shown.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(get("/key").body()).isEqualTo(witness.verifierKeys()).isEqualTo(get("/").body());
    }

    @Test
    void aConflictCarriesTheSizeInItsOwnContentType() throws Exception {
        SignedNote one = WitnessNotes.of(log, 1);
        assertThat(post("old 0\n\n" + one.print()).statusCode()).isEqualTo(200);
        HttpResponse<String> conflict = post("old 0\n\n" + one.print());
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.headers().firstValue("content-type")).hasValue("text/x.tlog.size");
        assertThat(conflict.body()).isEqualTo("1\n");
    }

    @Test
    void aBodyOfMoreThan64KiBIsMalformedAndASlowOneEnds() throws Exception {
        assertThat(post("old 0\n" + "x".repeat(70_000)).statusCode()).isEqualTo(400);
        assertThat(post("").statusCode()).isEqualTo(400);
        try (Socket slow = new Socket("127.0.0.1", listener.address().getPort())) {
            slow.getOutputStream()
                    .write("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 100\r\n\r\nold 0"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 503");
        }
    }

    @Test
    void theClientGivesStatusAndBodyAndFailsOnWhatIsTooLongOrNotThere() throws Exception {
        try (HttpWitnessTransport transport = new HttpWitnessTransport()) {
            byte[] body = ("old 0\n\n" + WitnessNotes.of(log, 1).print()).getBytes(StandardCharsets.UTF_8);
            WitnessTransport.Reply reply = transport
                    .post(url("/add-checkpoint"), body, Duration.ofSeconds(20))
                    .get();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(transport
                            .post("http://127.0.0.1:1/add-checkpoint", body, Duration.ofSeconds(20))
                            .handle((answer, failure) -> failure != null)
                            .get())
                    .isTrue();
            assertThat(transport
                            .post("not a url", body, Duration.ofSeconds(20))
                            .handle((answer, failure) -> failure != null)
                            .get())
                    .isTrue();
        }
    }

    private static String hex(String origin) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(origin.getBytes(StandardCharsets.UTF_8)));
    }

    /// Signed checkpoints.
    private static final class WitnessNotes {
        static SignedNote of(SigningKey log, long size) {
            return Checkpoint.of("log.example", new TreeHead(size, io.meshtrail.proof.Hash.leaf(new byte[1])))
                    .sign(log);
        }
    }
}
