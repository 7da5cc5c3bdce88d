package io.meshtrail.cli;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which server to ask.
final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server's web listener (default: ${DEFAULT-VALUE}).",
            defaultValue = "http://127.0.0.1:7070")
    private URI url = URI.create("http://127.0.0.1:7070");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    ApiClient client() {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new ParameterException(
                    command.commandLine(), "--server is '" + url + "'; expected a URL such as http://127.0.0.1:7070");
        }
        return new ApiClient(url);
    }
}
