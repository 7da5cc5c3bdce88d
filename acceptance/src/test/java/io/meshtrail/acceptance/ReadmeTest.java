package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of README.md as they stand, but for ports and folders, which may be taken on this machine.
final class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("Send one event.*?\\n```[a-z]*\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern CURL = Pattern.compile("curl -s http://127\\.0\\.0\\.1:4317(\\S+) --data '(.*)'");

    @TempDir
    private Path folder;

    @Test
    void the_commands_of_the_readme_send_find_prove_and_verify_an_event() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(Packaged.root().resolve("README.md")));
        assertThat(block.find())
                .as("a block of commands after 'Send one event'")
                .isTrue();
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.Plan.in(data).start()) {
            StringBuilder script = new StringBuilder("set -euo pipefail\n");
            for (String line : block.group(1).lines().toList()) {
                Matcher curl = CURL.matcher(line);
                if (curl.matches()) {
                    send(server, curl.group(1), curl.group(2));
                } else {
                    assertThat(line).startsWith("bin/meshtrail ");
                    script.append(line.replace("/var/lib/meshtrail", data.toString()))
                            .append('\n');
                }
            }
            shim(server);
            Cli run = Cli.command(folder, List.of("bash", "-c", script.toString()));
            assertThat(run.exit()).as("%s%s", script, run).isZero();
            assertThat(run.output()).contains("/admin", "proven", "sound");
            assertThat(folder.resolve("security-0.tlog-proof")).isNotEmptyFile();
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
    }

    private static void send(ServerProcess server, String path, String body) {
        HttpResponse<String> answer = server.api().post(path, body);
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"security\"");
        server.api().awaitPublished();
    }

    /// `bin/meshtrail` that asks the test's server where it would ask the default one.
    private void shim(ServerProcess server) throws Exception {
        StringBuilder shim = new StringBuilder("#!/usr/bin/env bash\nmore=()\n");
        shim.append("case \"$1\" in search | keys | prove) more=(--server ")
                .append(server.web())
                .append(") ;; esac\nexec ");
        for (String word : Packaged.command("search").stream()
                .filter(word -> !word.equals("search"))
                .toList()) {
            shim.append('\'').append(word).append("' ");
        }
        shim.append("\"$@\" \"${more[@]}\"\n");
        Path file = Files.createDirectories(folder.resolve("bin")).resolve("meshtrail");
        Files.writeString(file, shim);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
