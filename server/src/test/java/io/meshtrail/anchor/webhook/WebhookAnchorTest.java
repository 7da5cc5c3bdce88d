package io.meshtrail.anchor.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.meshtrail.anchor.AnchoredCheckpoint;
import io.meshtrail.anchor.Receipt;
import io.meshtrail.anchor.SampleCheckpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A receiver on this machine.
class WebhookAnchorTest {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private record Received(String path, String signature, byte[] body) {}

    private final List<Received> received = new ArrayList<>();
    private int status = 204;
    private byte[] answer = new byte[0];
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestURI().toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst(WebhookAnchor.SIGNATURE)),
                    exchange.getRequestBody().readAllBytes()));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private WebhookAnchor anchor(Optional<byte[]> secret) {
        return new WebhookAnchor(
                "hook",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/T0K3N?key=T0K3N"),
                secret);
    }

    @Test
    void the_body_has_the_whole_note_and_the_header_its_hmac() throws Exception {
        AnchoredCheckpoint checkpoint = SampleCheckpoints.of(5);
        Receipt receipt = anchor(Optional.of(SECRET)).place(checkpoint);
        Received request = received.getFirst();
        assertThat(request.path()).isEqualTo("/hooks/T0K3N?key=T0K3N");
        JsonNode body = JsonMapper.shared().readTree(request.body());
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("origin", "size", "root", "checkpoint");
        assertThat(body.path("origin").asString()).isEqualTo("sample.example/root");
        assertThat(body.path("size").asLong()).isEqualTo(5);
        assertThat(body.path("root").asString()).isEqualTo(checkpoint.root().base64());
        assertThat(body.path("checkpoint").asString())
                .isEqualTo(checkpoint.note().print());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        assertThat(request.signature()).isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(request.body())));
        assertThat(receipt.says()).containsEntry("status", "204");
        assertThat(receipt.locator()).startsWith("http://127.0.0.1:").doesNotContain("T0K3N");
    }

    @Test
    void without_a_secret_nothing_is_signed() throws Exception {
        anchor(Optional.empty()).place(SampleCheckpoints.of(5));
        assertThat(received.getFirst().signature()).isEqualTo("null");
    }

    @Test
    void a_redirect_is_not_followed() {
        status = 307;
        assertThatThrownBy(() -> anchor(Optional.empty()).place(SampleCheckpoints.of(5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("307")
                .hasMessageContaining("redirects are not followed");
        assertThat(received).hasSize(1);
    }

    @Test
    void a_refusal_is_told_without_the_secret_parts_of_the_address() {
        status = 503;
        assertThatThrownBy(() -> anchor(Optional.of(SECRET)).place(SampleCheckpoints.of(5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answered 503")
                .hasMessageNotContaining("T0K3N");
    }

    @Test
    void nobody_there_is_told_without_the_secret_parts_of_the_address() {
        server.stop(0);
        assertThatThrownBy(() -> anchor(Optional.of(SECRET)).place(SampleCheckpoints.of(5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("T0K3N");
    }

    @Test
    void an_answer_without_end_is_not_swallowed() {
        status = 200;
        answer = new byte[1 << 20];
        assertThatThrownBy(() -> anchor(Optional.empty()).place(SampleCheckpoints.of(5)))
                .isInstanceOf(IOException.class);
    }
}
