package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a monitor remembers, and every lie between two looks that it must catch.
final class MonitorTest {
    private static final String ORIGIN = "some.example/security";

    private final HttpClient client = RemoteLedger.client();
    private final List<Long> seen = new ArrayList<>();

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    private static SigningKey key(int seed) throws MalformedException {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return SigningKey.ofSeed(ORIGIN, SignatureType.ED25519, bytes);
    }

    private static TileFolder folder(int size, int otherFrom) {
        TileFolder folder = new TileFolder();
        for (int i = 0; i < size; i++) {
            folder.append(Utf8.encode("{\"n\":" + i + (i >= otherFrom ? ",\"lie\":1" : "") + "}"));
        }
        return folder;
    }

    private Monitor.Sighting look(TileServer server, Optional<Checkpoint> remembered) throws Exception {
        seen.clear();
        return new Monitor(
                        new RemoteLedger(server.prefix(), client),
                        new CheckpointCheck(List.of(key(1).verifierKey()), TlogPolicy.NONE))
                .look(origin -> remembered, (leafIndex, entry) -> seen.add(leafIndex));
    }

    private static Optional<Checkpoint> remembered(int size) {
        return Optional.of(Checkpoint.of(ORIGIN, folder(size, size).head()));
    }

    private void assertAlarm(TileServer server, Optional<Checkpoint> remembered, Monitor.Kind kind) throws Exception {
        assertThat(look(server, remembered))
                .isInstanceOfSatisfying(
                        Monitor.Sighting.Alarm.class,
                        alarm -> assertThat(alarm.kind()).as(alarm.words()).isEqualTo(kind));
    }

    @Test
    void eachNewEntryIsSeenOnceAndProven() throws Exception {
        for (int before : new int[] {0, 1, 255, 256, 300, 700}) {
            try (TileServer server = TileServer.of(folder(700, 700), key(1), true)) {
                assertThat(look(server, before == 0 ? Optional.empty() : remembered(before)))
                        .isInstanceOfSatisfying(Monitor.Sighting.Grown.class, grown -> {
                            assertThat(grown.first()).isEqualTo(before);
                            assertThat(grown.checkpoint().treeSize()).isEqualTo(700);
                        });
                int first = Math.min(before, 699);
                assertThat(seen).hasSize(700 - first);
                assertThat(seen.getFirst()).isEqualTo(first);
            }
        }
    }

    @Test
    void aForkBetweenTwoLooksIsCaught() throws Exception {
        for (int lieFrom : new int[] {0, 255, 299}) {
            try (TileServer server = TileServer.of(folder(700, lieFrom), key(1), false)) {
                assertAlarm(server, remembered(300), Monitor.Kind.FORK);
                assertThat(seen).isEmpty();
            }
        }
        try (TileServer server = TileServer.of(folder(300, 299), key(1), false)) {
            assertAlarm(server, remembered(300), Monitor.Kind.FORK);
        }
        try (TileServer server = TileServer.of(folder(700, 300), key(1), false)) {
            assertThat(look(server, remembered(300))).isInstanceOf(Monitor.Sighting.Grown.class);
        }
    }

    @Test
    void aLedgerThatShrankIsCaught() throws Exception {
        try (TileServer server = TileServer.of(folder(299, 299), key(1), false)) {
            assertAlarm(server, remembered(300), Monitor.Kind.ROLLBACK);
        }
        try (TileServer server = TileServer.of(folder(0, 0), key(1), false)) {
            assertAlarm(server, remembered(1), Monitor.Kind.ROLLBACK);
        }
    }

    @Test
    void aSignatureByAnotherKeyIsCaught() throws Exception {
        try (TileServer server = TileServer.of(folder(300, 300), key(2), false)) {
            assertAlarm(server, remembered(300), Monitor.Kind.SIGNATURE);
            server.resources.put("checkpoint", Utf8.encode("no checkpoint"));
            assertAlarm(server, remembered(300), Monitor.Kind.SIGNATURE);
        }
    }

    @Test
    void entriesThatTheTreeDoesNotHaveAreCaughtAndWithheldOnesToo() throws Exception {
        try (TileServer server = TileServer.of(folder(700, 700), key(1), false)) {
            String path = "tile/entries/002.p/188";
            byte[] honest = Objects.requireNonNull(server.resources.get(path));
            byte[] lie = honest.clone();
            lie[lie.length - 2] ^= 1;
            server.resources.put(path, lie);
            assertAlarm(server, remembered(300), Monitor.Kind.CONTENT);
            server.resources.remove(path);
            assertAlarm(server, remembered(300), Monitor.Kind.CONTENT);
        }
    }

    @Test
    void aLedgerThatPrunedWhatIsNewGoesOnFromWhatIsServed() throws Exception {
        try (TileServer server = TileServer.of(folder(1_100, 1_100), key(1), false)) {
            for (int bundle = 0; bundle < 3; bundle++) {
                server.resources.remove("tile/entries/00" + bundle);
            }
            assertThat(look(server, remembered(300))).isInstanceOf(Monitor.Sighting.Grown.class);
            assertThat(seen).hasSize(1_100 - 768);
            assertThat(seen.getFirst()).isEqualTo(768);
        }
    }

    @Test
    void aServerThatIsGoneIsUnreachableAndNoAlarm() throws Exception {
        TileServer server = TileServer.of(folder(3, 3), key(1), false);
        server.close();
        assertThat(look(server, Optional.empty())).isInstanceOf(Monitor.Sighting.Unreachable.class);
    }
}
