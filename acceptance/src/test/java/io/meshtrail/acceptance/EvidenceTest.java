package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a log file into the ledger, and out again as something that convinces a stranger.
final class EvidenceTest {
    @TempDir
    private Path folder;

    @Test
    void a_log_file_is_imported_once_and_what_a_query_finds_goes_out_as_lines_and_as_evidence() throws Exception {
        List<String> lines = new ArrayList<>(IntStream.range(0, 300)
                .mapToObj(i -> IstioLines.denied("d" + i))
                .toList());
        lines.add(7, "no JSON");
        Path log = folder.resolve("access.log.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        try (ServerProcess server =
                ServerProcess.Plan.in(folder.resolve("data")).start()) {
            String ingest = "http://127.0.0.1:" + server.ingest().getPort();
            String web = server.web().toString();
            Cli first = Cli.run("import", log.toString(), "--format", "istio-json", "--ingest", ingest);
            assertThat(first.exit()).as("%s", first).isEqualTo(1);
            assertThat(first.output()).contains("300 accepted, 0 duplicate, 0 with nothing to audit, 1 not understood");
            assertThat(first.errors()).contains("line 8");
            Cli again = Cli.run("import", log.toString(), "--format", "istio-json", "--ingest", ingest);
            assertThat(again.output()).contains("0 accepted, 300 duplicate");
            server.api().awaitPublished();

            Cli json = Cli.run("export", "outcome:denied", "--server", web);
            assertThat(json.exit()).as("%s", json).isZero();
            assertThat(json.output().lines())
                    .hasSize(300)
                    .allMatch(line -> line.startsWith("{\"address\":\"security/"));
            Path csv = folder.resolve("denied.csv");
            assertThat(Cli.run("export", "outcome:denied", "--server", web, "--output", "csv", "--file", csv.toString())
                            .exit())
                    .isZero();
            assertThat(Files.readAllLines(csv)).hasSize(301).first().asString().startsWith("address,time");

            Path zip = folder.resolve("case-7.zip");
            Cli evidence = Cli.run("export", "request.id:d1*", "--server", web, "--evidence", zip.toString());
            assertThat(evidence.exit()).as("%s", evidence).isZero();
            assertThat(evidence.output()).contains("111 events");
            String key = server.api().get("/ledger/security/key").body().strip();
            Cli sound = Cli.run("verify-evidence", zip.toString(), "--key", key);
            assertThat(sound.exit()).as("%s", sound).isZero();
            assertThat(sound.output()).contains("proven: all 111 events");

            String otherKey = server.api().get("/ledger/traffic/key").body().strip();
            assertThat(Cli.run("verify-evidence", zip.toString(), "--key", otherKey)
                            .exit())
                    .isEqualTo(1);
            Cli told = verifyChanged(zip, key, "events.jsonl", text -> text.replaceFirst("403", "200"));
            assertThat(told.exit()).as("%s", told).isEqualTo(1);
            assertThat(told.errors()).contains("the event says", "its entry");
            String entry = "entries/security/" + addressIn(zip) + ".entry";
            Cli edited = verifyChanged(zip, key, entry, text -> text.replaceFirst("GET", "PUT"));
            assertThat(edited.exit()).as("%s", edited).isEqualTo(1);
            assertThat(edited.errors()).contains("not proven: security/");
        }
    }

    private static long addressIn(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".entry"))
                    .map(name -> Long.parseLong(name.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Cli verifyChanged(Path zip, String key, String part, UnaryOperator<String> change) throws IOException {
        Path changed = Files.createTempFile(folder, "changed", ".zip");
        boolean found = false;
        try (ZipFile from = new ZipFile(zip.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] bytes = read(from, entry);
                if (entry.getName().equals(part)) {
                    String before = new String(bytes, StandardCharsets.UTF_8);
                    String after = change.apply(before);
                    assertThat(after).isNotEqualTo(before);
                    bytes = after.getBytes(StandardCharsets.UTF_8);
                    found = true;
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(bytes);
                to.closeEntry();
            }
        }
        assertThat(found).as("%s has %s", zip, part).isTrue();
        return Cli.run("verify-evidence", changed.toString(), "--key", key);
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            in.transferTo(bytes);
            return bytes.toByteArray();
        }
    }
}
