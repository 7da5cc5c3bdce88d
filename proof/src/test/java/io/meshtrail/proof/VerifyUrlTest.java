package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A ledger checked from outside: sound ones, and every way in which a server may lie or fail.
final class VerifyUrlTest {
    private static final String ORIGIN = "some.example/security";
    private static final SigningKey KEY = key(1);
    private static final int SIZE = 256 * 258 + 17;

    private final HttpClient client = RemoteLedger.client();

    @AfterEach
    void close() {
        // Not close(): a check that ended early may leave exchanges behind, which are not worth waiting for.
        client.shutdownNow();
    }

    private static SigningKey key(int seed) {
        try {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) seed;
            return SigningKey.ofSeed(ORIGIN, SignatureType.ED25519, bytes);
        } catch (MalformedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static TileFolder folder(int size) {
        TileFolder folder = new TileFolder();
        for (int i = 0; i < size; i++) {
            folder.append(Utf8.encode("{\"n\":" + i + "}"));
        }
        return folder;
    }

    private VerifyUrl.Result verify(TileServer server, Optional<TreeHead> remembered) throws InterruptedException {
        return new VerifyUrl(new RemoteLedger(server.prefix(), client), List.of(KEY.verifierKey()), remembered)
                .run((entries, of) -> {});
    }

    @Test
    void ledgersOfManySizesAreSound() throws Exception {
        for (int size : new int[] {0, 1, 255, 256, 257, 600, 65_536, SIZE}) {
            TileFolder folder = folder(size);
            try (TileServer server = TileServer.of(folder, KEY, size % 2 == 0)) {
                List<Long> progress = new ArrayList<>();
                VerifyUrl.Result result = new VerifyUrl(
                                new RemoteLedger(server.prefix(), client),
                                List.of(key(2).verifierKey(), KEY.verifierKey()),
                                Optional.empty())
                        .run((entries, of) -> progress.add(entries));
                assertThat(result).isInstanceOfSatisfying(VerifyUrl.Result.Sound.class, sound -> {
                    assertThat(sound.checkpoint().head()).isEqualTo(folder.head());
                    assertThat(sound.firstEntry()).isZero();
                    assertThat(sound.words()).contains(ORIGIN, "size " + size);
                });
                assertThat(progress).isSorted().hasSize((size + 255) / 256);
            }
        }
    }

    @Test
    void theSampleLogIsSoundAndItsForkIsCaughtByWhoRemembersSize300() throws Exception {
        Json log = Json.read("sample-log/log.json");
        List<VerifierKey> keys =
                List.of(VerifierKey.parse(log.get("log_key").get("vkey").text()));
        try (TileServer server = TileServer.of(SampleLog.folder(), KEY, false)) {
            server.resources.put("checkpoint", Json.bytes("sample-log/cosigned/checkpoint.600.ed25519"));
            RemoteLedger ledger = new RemoteLedger(server.prefix(), client);
            TreeHead honest = new TreeHead(300, log.get("roots_hex").get("300").hex());
            assertThat(new VerifyUrl(ledger, keys, Optional.of(honest)).run((entries, of) -> {}))
                    .isInstanceOf(VerifyUrl.Result.Sound.class);
            TreeHead forked = Checkpoint.parse(SignedNote.parse(
                                    log.get("fork").get("checkpoint_300").text())
                            .text())
                    .head();
            assertThat(new VerifyUrl(ledger, keys, Optional.of(forked)).run((entries, of) -> {}))
                    .isInstanceOfSatisfying(
                            VerifyUrl.Result.Broken.class,
                            broken -> assertThat(broken.words()).contains("rewritten", "300"));
        }
    }

    @Test
    void anyFlippedBitNamesItsEntriesAndUrl() throws Exception {
        long seed = 3;
        Random random = new Random(seed);
        TileFolder folder = folder(SIZE);
        try (TileServer server = TileServer.of(folder, KEY, false)) {
            List<String> paths = server.resources.keySet().stream().sorted().toList();
            for (int round = 0; round < 25; round++) {
                String path = round < 4
                        ? List.of("checkpoint", "tile/1/000", "tile/1/001.p/2", "tile/2/000.p/1")
                                .get(round)
                        : paths.get(random.nextInt(paths.size()));
                byte[] honest =
                        Objects.requireNonNull(server.resources.get(path)).clone();
                byte[] lie = honest.clone();
                lie[random.nextInt(lie.length)] ^= (byte) (1 << random.nextInt(8));
                server.resources.put(path, lie);
                assertThat(verify(server, Optional.empty()))
                        .as("seed %d, round %d, %s", seed, round, path)
                        .isInstanceOfSatisfying(VerifyUrl.Result.Broken.class, broken -> {
                            String bundle = path.replace("tile/0/", "tile/entries/");
                            assertThat(broken.url().toString()).endsWith(path.startsWith("tile/0/") ? bundle : path);
                            if (path.startsWith("tile/entries/") || path.startsWith("tile/0/")) {
                                long index = parsed(path).index();
                                assertThat(broken.first()).isBetween(index * 256, index * 256 + 255);
                                assertThat(broken.end()).isBetween(index * 256 + 1, index * 256 + 256);
                            }
                        });
                server.resources.put(path, honest);
            }
        }
    }

    private static TilePath parsed(String path) {
        try {
            return TilePath.parse(path);
        } catch (MalformedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void aBundleForgedTogetherWithItsTileIsFoundByTheTileAbove() throws Exception {
        TileFolder folder = folder(SIZE);
        try (TileServer server = TileServer.of(folder, KEY, false)) {
            List<byte[]> forged = new ArrayList<>();
            EntryBundle bundle = folder.bundle(TilePath.entries(100, 256));
            for (int i = 0; i < 256; i++) {
                forged.add(i == 7 ? Utf8.encode("{\"n\":\"forged\"}") : bundle.entry(i));
            }
            server.resources.put("tile/entries/100", EntryBundle.of(forged).bytes());
            server.resources.put(
                    "tile/0/100", EntryBundle.of(forged).leafHashes().bytes());
            assertThat(verify(server, Optional.empty()))
                    .isInstanceOfSatisfying(VerifyUrl.Result.Broken.class, broken -> {
                        assertThat(broken.first()).isEqualTo(25_600);
                        assertThat(broken.end()).isEqualTo(25_856);
                        assertThat(broken.url().toString()).endsWith("tile/1/000");
                    });
        }
    }

    @Test
    void aPrunedPrefixIsSoundAndSaid() throws Exception {
        TileFolder folder = folder(SIZE);
        for (int bundles : new int[] {1, 2, 100, 255, 256, 257, 258}) {
            try (TileServer server = TileServer.of(folder, KEY, false)) {
                long min = bundles * 256L;
                for (String path : List.copyOf(server.resources.keySet())) {
                    if (path.startsWith("tile/")
                            && parsed(path).isFull()
                            && parsed(path).endIndex() <= min) {
                        server.resources.remove(path);
                    }
                }
                assertThat(verify(server, Optional.empty()))
                        .as("without a statement the entries are withheld")
                        .isInstanceOf(VerifyUrl.Result.Broken.class);
                server.resources.put("minimum", minimum(min - 256));
                assertThat(verify(server, Optional.empty()))
                        .as("the statement covers less than what is missing")
                        .isInstanceOf(VerifyUrl.Result.Broken.class);
                server.resources.put("minimum", minimum(min));
                TreeHead below = new TreeHead(200, folder(200).head().root());
                assertThat(verify(server, Optional.of(below)))
                        .isInstanceOfSatisfying(VerifyUrl.Result.Sound.class, sound -> {
                            assertThat(sound.firstEntry()).isEqualTo(min);
                            assertThat(sound.notCompared()).contains(below);
                            assertThat(sound.words()).contains("before " + min + " are pruned");
                        });
            }
        }
    }

    private static byte[] minimum(long min) {
        return new MinimumIndex(KEY.verifierKey().name(), min, SIZE, "2026-11-24T13:36:30.000000000Z")
                .sign(KEY)
                .bytes();
    }

    @Test
    void aHoleIsNotTakenForPruning() throws Exception {
        TileFolder folder = folder(SIZE);
        for (String path : List.of("tile/entries/200", "tile/0/200", "tile/entries/258.p/17", "tile/1/001.p/2")) {
            try (TileServer server = TileServer.of(folder, KEY, false)) {
                server.resources.remove(path);
                assertThat(verify(server, Optional.empty()))
                        .isInstanceOfSatisfying(VerifyUrl.Result.Broken.class, broken -> {
                            assertThat(broken.url().toString()).endsWith(path);
                            assertThat(broken.words()).contains("missing");
                        });
            }
        }
    }

    @Test
    void aPartialThatWasCollectedIsTakenFromTheFullOne() throws Exception {
        try (TileServer server = TileServer.of(folder(300), KEY, false)) {
            TileFolder grown = folder(512);
            server.resources.remove("tile/entries/001.p/44");
            server.resources.remove("tile/0/001.p/44");
            for (TilePath path : List.of(TilePath.entries(1, 256), TilePath.hashes(0, 1, 256))) {
                server.resources.put(path.toString(), grown.bytes(path));
            }
            assertThat(verify(server, Optional.empty())).isInstanceOf(VerifyUrl.Result.Sound.class);
        }
    }

    @Test
    void aRolledBackLedgerAnotherKeyAndAnotherOriginAreRefused() throws Exception {
        TileFolder folder = folder(300);
        try (TileServer server = TileServer.of(folder, KEY, false)) {
            assertThat(verify(server, Optional.of(folder(301).head())))
                    .isInstanceOfSatisfying(
                            VerifyUrl.Result.Broken.class,
                            broken -> assertThat(broken.words()).contains("301", "300"));
            server.resources.put(
                    "checkpoint",
                    Checkpoint.of(ORIGIN, folder.head()).sign(key(2)).bytes());
            assertThat(verify(server, Optional.empty())).isInstanceOf(VerifyUrl.Result.Broken.class);
            server.resources.put(
                    "checkpoint",
                    Checkpoint.of("other.example/log", folder.head()).sign(KEY).bytes());
            assertThat(verify(server, Optional.empty()))
                    .isInstanceOfSatisfying(
                            VerifyUrl.Result.Broken.class,
                            broken -> assertThat(broken.words()).contains("other.example/log"));
        }
    }

    @Test
    void aServerThatIsBusyIsAskedAgainAndOneThatIsAwayIsUnreachable() throws Exception {
        URI gone;
        try (TileServer server = TileServer.of(folder(300), KEY, false)) {
            server.busy.set(2);
            assertThat(verify(server, Optional.empty())).isInstanceOf(VerifyUrl.Result.Sound.class);
            server.resources.remove("checkpoint");
            assertThat(verify(server, Optional.empty()))
                    .isInstanceOfSatisfying(
                            VerifyUrl.Result.Unreachable.class,
                            unreachable -> assertThat(unreachable.words()).contains("no ledger"));
            gone = server.prefix();
        }
        assertThat(new VerifyUrl(new RemoteLedger(gone, client), List.of(KEY.verifierKey()), Optional.empty())
                        .run((entries, of) -> {}))
                .isInstanceOf(VerifyUrl.Result.Unreachable.class);
    }
}
