package io.meshtrail.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Lists and erases the people whose names are stored as pseudonyms.
@Command(
        name = "subjects",
        description = "Lists and erases the subjects whose values are stored as pseudonyms.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SubjectsCommand.List.class, SubjectsCommand.Erase.class})
final class SubjectsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list or erase");
    }

    /// Lists subjects.
    @Command(
            name = "list",
            description = "Lists subjects, or one of them with the salt that proves its pseudonym.",
            mixinStandardHelpOptions = true)
    static final class List implements Callable<Integer> {
        private static final int PAGE = 1_000;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ServerOption server = new ServerOption();

        @Option(names = "--value", paramLabel = "VALUE", description = "Only the subject of this value.")
        private String value = "";

        @Option(names = "--pseudonym", paramLabel = "P", description = "Only the subject of this pseudonym.")
        private String pseudonym = "";

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%-44s  %-30s  %s%n", "PSEUDONYM", "FIELDS", "VALUE");
            ApiClient client = server.client();
            String after = "";
            do {
                Map<String, String> parameters = new LinkedHashMap<>();
                parameters.put("value", value);
                parameters.put("pseudonym", pseudonym);
                parameters.put("limit", Integer.toString(PAGE));
                parameters.put("after", after);
                JsonNode page = client.json("/api/subjects", parameters);
                for (JsonNode subject : page.path("subjects")) {
                    print(subject, out);
                }
                after = page.path("next").asString("");
            } while (!after.isEmpty());
            return 0;
        }

        private static void print(JsonNode subject, PrintWriter out) {
            StringBuilder fields = new StringBuilder();
            subject.path("fields")
                    .forEach(field -> fields.append(fields.isEmpty() ? "" : ",").append(field.asString()));
            out.printf(
                    "%-44s  %-30s  %s%n",
                    subject.path("pseudonym").asString(),
                    fields,
                    Output.plain(subject.path("value").asString()));
            String salt = subject.path("salt").asString("");
            if (!salt.isEmpty()) {
                out.println("salt " + salt);
            }
        }
    }

    /// Erases a subject.
    @Command(
            name = "erase",
            description = "Erases a subject: puts it on record in the ledger root, then destroys its row.",
            mixinStandardHelpOptions = true)
    static final class Erase implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ServerOption server = new ServerOption();

        @Parameters(paramLabel = "VALUE", arity = "0..1", description = "The value, such as a user's id.")
        private String value = "";

        @Option(names = "--pseudonym", paramLabel = "P", description = "The pseudonym, in place of the value.")
        private String pseudonym = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                required = true,
                description = "Why, such as the number of a request. It stays in the ledger: name nobody.")
        private String reason = "";

        @Override
        public Integer call() throws Exception {
            if (value.isEmpty() == pseudonym.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "give either VALUE or --pseudonym");
            }
            Map<String, String> body = new LinkedHashMap<>();
            body.put("reason", reason);
            body.put(value.isEmpty() ? "pseudonym" : "value", value.isEmpty() ? pseudonym : value);
            JsonNode done = server.client().post("/api/subjects/erase", body);
            JsonNode events = done.path("events");
            spec.commandLine()
                    .getOut()
                    .println("erased " + done.path("pseudonym").asString()
                            + (events.isNumber() ? "; it stays in " + events.asLong() + " events" : ""));
            return 0;
        }
    }
}
