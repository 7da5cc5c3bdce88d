package io.meshtrail.cli;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A zip with events and all that is needed to check them: the exact entries, their proofs, the ledgers'
/// keys. `docs/formats/evidence.md` says what is where. It gets its name once it is whole.
final class EvidenceFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String README = """
            Evidence from a Meshtrail audit log.

            events.jsonl              the events as the server answered them
            query.json                what was asked, when, of which server, and what the answer lacks
            entries/LEDGER/N.entry    the exact bytes of the ledger's entry number N
            proofs/LEDGER/N.tlog-proof  a C2SP tlog-proof that the entry is in the ledger
            keys/LEDGER.vkey          the ledger's verifier key as this server told it

            Take the keys from a source that you trust, not from this file: whoever made the file could have made
            keys for it. Then, for each entry:

                meshtrail verify-proof proofs/LEDGER/N.tlog-proof --entry entries/LEDGER/N.entry --key VKEY

            or, for all of them:

                meshtrail verify-evidence FILE.zip --key VKEY...

            The formats are public (RFC 6962, C2SP signed-note, tlog-checkpoint, tlog-proof): any tool that speaks
            them can check the same.
            """;

    private final ApiClient client;
    private final Path temporary;
    private final Path file;
    private final ZipOutputStream zip;
    private final ByteArrayOutputStream events = new ByteArrayOutputStream();
    private final Map<String, String> keys = new TreeMap<>();
    private long count;

    private EvidenceFile(ApiClient client, Path temporary, Path file) throws IOException {
        this.client = client;
        this.temporary = temporary;
        this.file = file;
        this.zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)));
    }

    static EvidenceFile create(Path file, ApiClient client) throws IOException {
        return new EvidenceFile(client, file.resolveSibling(file.getFileName() + ".part"), file);
    }

    /// Adds an event of an answer with its entry and its proof.
    ///
    /// @throws ApiException if the server has no proof of it yet, or no longer the entry
    void add(JsonNode element) throws IOException, InterruptedException {
        String address = element.path("address").asString();
        String ledger = address.substring(0, address.indexOf('/'));
        byte[] entry = Base64.getDecoder()
                .decode(client.json("/api/events/" + address, Map.of())
                        .path("entry")
                        .asString());
        byte[] proof = client.bytes("/api/events/" + address + "/proof", Map.of());
        put("entries/" + address + ".entry", entry);
        put("proofs/" + address + ".tlog-proof", proof);
        if (!keys.containsKey(ledger)) {
            byte[] key = client.bytes("/ledger/" + ledger + "/key", Map.of());
            keys.put(ledger, new String(key, StandardCharsets.UTF_8));
        }
        events.writeBytes((element + "\n").getBytes(StandardCharsets.UTF_8));
        count++;
    }

    /// Adds what was asked and what is missing, and gives the file its name.
    void finish(String query, String from, String to, Collection<String> missing) throws IOException {
        put("events.jsonl", events.toByteArray());
        for (Map.Entry<String, String> key : keys.entrySet()) {
            put("keys/" + key.getKey() + ".vkey", key.getValue().getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode asked = JSON.createObjectNode();
        asked.put("server", client.server().toString());
        asked.put("query", query);
        asked.put("from", from);
        asked.put("to", to);
        asked.put("events", count);
        asked.put("complete", missing.isEmpty());
        ArrayNode lacking = asked.putArray("missing");
        missing.forEach(lacking::add);
        put("query.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(asked));
        put("README.txt", README.getBytes(StandardCharsets.UTF_8));
        zip.close();
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void put(String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // One content, one file: the hour of the export is in the log of the server, not in here.
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
        Files.deleteIfExists(temporary);
    }
}
