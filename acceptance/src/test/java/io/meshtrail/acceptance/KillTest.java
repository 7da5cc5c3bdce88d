package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.meshtrail.proof.Checkpoint;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The process dies by SIGKILL in the middle of its work.
final class KillTest {
    private static final int SENDERS = 4;
    private static final int LINES = 20;
    private static final int ENOUGH = 3_000;

    /// What one stream may lose, in bytes of messages that the sender has given away: the byte budget (256
    /// KiB),
    /// which counts what the server has taken and not yet made durable and what HTTP/2 lets travel ahead of
    /// that, and
    /// what gRPC holds at this sender (32 KiB and a message).
    private static final long BUDGET = 256 * 1024;

    private static final long BOUND = BUDGET + 32 * 1024 + 16 * 1024;

    @TempDir
    private Path folder;

    @Test
    void nothing_that_was_acknowledged_over_http_is_missing_after_kill_9() throws Exception {
        ServerProcess.Plan plan = ServerProcess.Plan.in(folder.resolve("data")).with("MESHTRAIL_SEAL_EVENTS", "1024");
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        Map<String, Checkpoint> before = new HashMap<>();
        try (ServerProcess server = plan.start()) {
            Api api = server.api();
            List<Thread> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                String name = "h" + sender;
                senders.add(Thread.ofPlatform().daemon().start(() -> post(api, name, acknowledged)));
            }
            Awaitility.await("enough is acknowledged")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> acknowledged.size() > ENOUGH
                            && new LedgerOverHttp(server.web(), "traffic")
                                            .checkpoint()
                                            .treeSize()
                                    > 0);
            for (String ledger : List.of("traffic", "security", "root")) {
                before.put(ledger, new LedgerOverHttp(server.web(), ledger).checkpoint());
            }
            server.kill9();
            for (Thread sender : senders) {
                sender.join();
            }
        }
        try (ServerProcess server = plan.start()) {
            server.api().awaitPublished();
            Map<String, String> found = new HashMap<>();
            server.api()
                    .events("-ledger:root", "request.id")
                    .forEach(element -> found.put(
                            element.path("address").asString(),
                            element.path("event").path("request.id").asString()));
            assertThat(found).as("what search finds").containsAllEntriesOf(acknowledged);
            assertEntries(server, acknowledged);
            for (Map.Entry<String, Checkpoint> old : before.entrySet()) {
                LedgerOverHttp ledger = new LedgerOverHttp(server.web(), old.getKey());
                Checkpoint now = ledger.checkpoint();
                assertThat(old.getValue().treeSize() == 0 || ledger.extendsFrom(old.getValue(), now))
                        .as("%s extends %s", now, old.getValue())
                        .isTrue();
            }
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        System.out.println(acknowledged.size() + " events were acknowledged before the end");
        assertSound();
    }

    private static void post(Api api, String sender, Map<String, String> acknowledged) {
        try {
            for (int body = 0; ; body++) {
                List<String> lines = new ArrayList<>();
                Map<String, List<String>> ids = new HashMap<>();
                for (int line = 0; line < LINES; line++) {
                    String id = sender + "-" + body + "-" + line;
                    boolean denied = line % 5 == 0;
                    lines.add(denied ? IstioLines.denied(id) : IstioLines.allowed(id));
                    ids.computeIfAbsent(denied ? "security" : "traffic", ledger -> new ArrayList<>())
                            .add(id);
                }
                HttpResponse<String> answer = api.post(IstioLines.PATH, IstioLines.body(lines));
                if (answer.statusCode() == 200) {
                    note(Api.JSON.readTree(answer.body()).path("receipts"), ids, acknowledged);
                }
            }
        } catch (UncheckedIOException killed) {
            // That request was not acknowledged: nobody was promised anything.
        }
    }

    /// Within a ledger the addresses of a body are in the order of its lines.
    private static void note(JsonNode receipts, Map<String, List<String>> ids, Map<String, String> acknowledged) {
        Map<String, Integer> next = new HashMap<>();
        for (JsonNode receipt : receipts) {
            String ledger = receipt.path("ledger").asString();
            for (long at = receipt.path("first").asLong();
                    at <= receipt.path("last").asLong();
                    at++) {
                int place = next.merge(ledger, 1, Integer::sum) - 1;
                acknowledged.put(ledger + "/" + at, ids.get(ledger).get(place));
            }
        }
    }

    private static void assertEntries(ServerProcess server, Map<String, String> acknowledged) throws Exception {
        for (String name : List.of("traffic", "security")) {
            LedgerOverHttp ledger = new LedgerOverHttp(server.web(), name);
            long size = ledger.checkpoint().treeSize();
            for (Map.Entry<String, String> each : acknowledged.entrySet()) {
                if (each.getKey().startsWith(name + "/")) {
                    long leafIndex = Long.parseLong(each.getKey().substring(name.length() + 1));
                    assertThat(ledger.entry(leafIndex, size).path("request.id").asString())
                            .as("request.id of the entry %s", each.getKey())
                            .isEqualTo(each.getValue());
                }
            }
        }
    }

    @Test
    void streams_lose_at_most_what_was_in_flight_and_only_their_end() throws Exception {
        ServerProcess.Plan plan = ServerProcess.Plan.in(folder.resolve("data"));
        AtomicLong messages = new AtomicLong();
        List<Sender> senders = new ArrayList<>();
        try (ServerProcess server = plan.start()) {
            for (int i = 0; i < SENDERS; i++) {
                Sender sender = new Sender("als-" + i, AlsStream.open(server.ingest()), messages);
                senders.add(sender);
                sender.start();
            }
            Awaitility.await("enough is sent")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> messages.get() > 4_000);
            server.kill9();
            for (Sender sender : senders) {
                sender.join();
            }
        }
        try (ServerProcess server = plan.start()) {
            server.api().awaitPublished();
            Set<String> found = new HashSet<>();
            server.api()
                    .events("ledger:traffic", "request.id")
                    .forEach(element ->
                            found.add(element.path("event").path("request.id").asString()));
            for (Sender sender : senders) {
                sender.assertLossIsBounded(found);
            }
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        assertSound();
    }

    private void assertSound() {
        Cli verify = Cli.run("verify", "--data", folder.resolve("data").toString());
        assertThat(verify.exit()).as("%s", verify).isZero();
    }

    /// Sends messages of eight entries as fast as the stream takes them.
    private static final class Sender extends Thread {
        private static final int ENTRIES = 8;

        private final AlsStream stream;
        private final AtomicLong messages;
        private final List<Integer> sizes = new ArrayList<>();

        Sender(String name, AlsStream stream, AtomicLong messages) {
            super(name);
            this.stream = stream;
            this.messages = messages;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (stream) {
                while (true) {
                    List<HTTPAccessLogEntry> entries = new ArrayList<>();
                    for (int entry = 0; entry < ENTRIES; entry++) {
                        entries.add(AccessLog.request(id(sizes.size(), entry)).build());
                    }
                    byte[] message = sizes.isEmpty() ? AccessLog.first(getName(), entries) : AccessLog.message(entries);
                    if (!stream.send(message)) {
                        return;
                    }
                    sizes.add(message.length);
                    messages.incrementAndGet();
                }
            }
        }

        private String id(int message, int entry) {
            return getName() + "-" + message + "-" + entry;
        }

        void assertLossIsBounded(Set<String> found) {
            long lost = 0;
            int lostMessages = 0;
            for (int message = 0; message < sizes.size(); message++) {
                boolean there = found.contains(id(message, 0));
                for (int entry = 1; entry < ENTRIES; entry++) {
                    assertThat(found.contains(id(message, entry)))
                            .as("%s: a message is kept or lost as a whole", id(message, entry))
                            .isEqualTo(there);
                }
                assertThat(there && lost > 0)
                        .as("%s was kept, but a message before it was lost", id(message, 0))
                        .isFalse();
                if (!there) {
                    lost += sizes.get(message);
                    lostMessages++;
                }
            }
            System.out.printf(
                    "%s: %d messages sent, the last %d of them lost: %d bytes of at most %d%n",
                    getName(), sizes.size(), lostMessages, lost, BOUND);
            assertThat(lost).as("bytes that %s lost", getName()).isLessThanOrEqualTo(BOUND);
        }
    }
}
