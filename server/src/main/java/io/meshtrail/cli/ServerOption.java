package io.meshtrail.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/// Which server to ask.
final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server's web listener (default: ${DEFAULT-VALUE}).",
            defaultValue = "http://127.0.0.1:7070")
    private URI url = URI.create("http://127.0.0.1:7070");

    ApiClient client() {
        return new ApiClient(url);
    }
}
