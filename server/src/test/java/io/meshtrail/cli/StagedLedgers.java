package io.meshtrail.cli;

import com.sun.net.httpserver.HttpServer;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.EntryBundle;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.Tile;
import io.meshtrail.proof.TileLayout;
import io.meshtrail.proof.TilePath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A server of small ledgers (up to 255 entries) that shows any history it is told to, signed with the
/// right keys.
final class StagedLedgers implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> resources = new ConcurrentHashMap<>();

    StagedLedgers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Optional<byte[]> body =
                    Optional.ofNullable(resources.get(exchange.getRequestURI().getPath()));
            exchange.sendResponseHeaders(
                    body.isPresent() ? 200 : 404, body.isPresent() ? body.orElseThrow().length : -1);
            if (body.isPresent()) {
                exchange.getResponseBody().write(body.orElseThrow());
            }
            exchange.close();
        });
        server.start();
    }

    static SigningKey key(String ledger) throws MalformedException {
        return SigningKey.ofSeed("log.example/" + ledger, SignatureType.ED25519, new byte[32]);
    }

    /// Serves these entries as the whole ledger, and nothing else of it.
    SignedNote show(String ledger, List<String> texts) throws MalformedException {
        remove(ledger);
        List<byte[]> entries = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        CompactRange range = new CompactRange();
        List<Hash> leaves = new ArrayList<>();
        for (byte[] entry : entries) {
            leaves.add(Hash.leaf(entry));
            range.append(leaves.getLast());
        }
        String prefix = "/ledger/" + ledger + "/";
        TileLayout layout = new TileLayout(range.size());
        Optional<TilePath> tile = layout.tile(0, 0);
        if (tile.isPresent()) {
            resources.put(prefix + tile.orElseThrow(), Tile.of(leaves).bytes());
            resources.put(
                    prefix + layout.entries(0).orElseThrow(),
                    EntryBundle.of(entries).bytes());
        }
        SignedNote note = Checkpoint.of("log.example/" + ledger, range.head()).sign(key(ledger));
        resources.put(prefix + "checkpoint", note.bytes());
        list();
        return note;
    }

    /// Serves it no longer.
    void remove(String ledger) {
        resources.keySet().removeIf(path -> path.startsWith("/ledger/" + ledger + "/"));
        list();
    }

    private void list() {
        String names = resources.keySet().stream()
                .filter(path -> path.endsWith("/checkpoint"))
                .map(path -> "{\"name\":\"" + path.split("/", -1)[2] + "\"}")
                .sorted()
                .collect(Collectors.joining(","));
        resources.put("/api/ledgers", ("{\"ledgers\":[" + names + "]}").getBytes(StandardCharsets.UTF_8));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
