package io.meshtrail.cli;

import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Legal holds.
@Command(
        name = "holds",
        description = "Legal holds: events that are neither pruned nor erased until two approvers have signed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HoldsCommand.Add.class,
            HoldsCommand.List_.class,
            HoldsCommand.Sign.class,
            HoldsCommand.Lift.class
        })
final class HoldsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "one of add, list, sign, lift is needed");
    }

    /// Places one.
    @Command(name = "add", description = "Places a hold.", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ServerOption server = new ServerOption();

        @Option(names = "--case", required = true, description = "The case it is for.")
        private String caseName = "";

        @Option(names = "--by", required = true, description = "Who asks for it.")
        private String by = "";

        @Option(names = "--ledger", description = "Of which ledger the events are (default: all).")
        private Optional<String> ledger = Optional.empty();

        @Option(names = "--from", paramLabel = "LEAFINDEX", description = "The first entry.")
        private Optional<Long> from = Optional.empty();

        @Option(names = "--to", paramLabel = "LEAFINDEX", description = "One more than the last entry.")
        private Optional<Long> to = Optional.empty();

        @Option(names = "--query", description = "What the events must be like (default: any).")
        private Optional<String> query = Optional.empty();

        @Override
        public Integer call() throws Exception {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("case", caseName, "by", by));
            ledger.ifPresent(value -> body.put("ledger", value));
            from.ifPresent(value -> body.put("from", value));
            to.ifPresent(value -> body.put("to", value));
            query.ifPresent(value -> body.put("query", value));
            JsonNode hold = server.client().post("/api/holds", body);
            spec.commandLine().getOut().println(Output.plain(hold.path("id").asString()));
            if (!hold.path("liftable").asBoolean()) {
                spec.commandLine()
                        .getErr()
                        .println("note: fewer than two approvers are configured (retention.approvers),"
                                + " so this hold cannot be lifted until they are");
            }
            return 0;
        }
    }

    /// Shows them.
    @Command(name = "list", description = "Shows the holds in force.", mixinStandardHelpOptions = true)
    static final class List_ implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ServerOption server = new ServerOption();

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%-16s  %-30s  %-12s  %-20s  %s%n", "HOLD", "PLACED", "LEDGER", "CASE", "BY, ENTRIES, QUERY");
            for (JsonNode hold : server.client().json("/api/holds", Map.of()).path("holds")) {
                String range = hold.has("from") || hold.has("to")
                        ? ", entries " + hold.path("from").asLong(0) + " to "
                                + (hold.has("to") ? hold.path("to").asLong() - 1 : "the end")
                        : "";
                out.printf(
                        "%-16s  %-30s  %-12s  %-20s  %s%n",
                        Output.plain(hold.path("id").asString()),
                        Output.plain(hold.path("placed").asString()),
                        Output.plain(hold.path("ledger").asString("all")),
                        Output.plain(hold.path("case").asString()),
                        Output.plain(hold.path("by").asString()
                                + range
                                + (hold.has("query") ? ", " + hold.path("query").asString() : "")));
            }
            return 0;
        }
    }

    /// Signs that one be lifted.
    @Command(
            name = "sign",
            description = {
                "Signs that a hold be lifted, and prints the note.",
                "The first approver names the hold; the second signs the note that the first has made."
            },
            mixinStandardHelpOptions = true)
    static final class Sign implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ServerOption server = new ServerOption();

        @Option(names = "--key", paramLabel = "FILE", required = true, description = "The approver's signing key.")
        private Path key = Path.of("");

        @Option(names = "--note", paramLabel = "FILE", description = "A note that somebody has signed already.")
        private Optional<Path> note = Optional.empty();

        @Parameters(paramLabel = "HOLD", arity = "0..1", description = "The hold, if there is no note yet.")
        private Optional<String> hold = Optional.empty();

        @Override
        public Integer call() throws Exception {
            if (note.isPresent() == hold.isPresent()) {
                throw new ParameterException(spec.commandLine(), "either a HOLD or --note FILE is needed");
            }
            try {
                SigningKey signing = SigningKey.parse(Files.readString(key).strip());
                SignedNote signed = note.isPresent() ? again(signing) : first(signing);
                spec.commandLine().getErr().println("signed by " + signing.verifierKey() + ":");
                signed.text()
                        .lines()
                        .forEach(line -> spec.commandLine().getErr().println("  " + Output.plain(line)));
                spec.commandLine().getOut().print(signed.print());
                spec.commandLine().getOut().flush();
                return 0;
            } catch (MalformedException wrong) {
                throw new IOException(wrong.getMessage(), wrong);
            }
        }

        private SignedNote first(SigningKey signing) throws IOException, InterruptedException {
            byte[] text = server.client().bytes("/api/holds/" + id(spec, hold.orElseThrow()) + "/lift", Map.of());
            String words = new String(text, StandardCharsets.UTF_8);
            return new SignedNote(words, List.of(signing.sign(words)));
        }

        private SignedNote again(SigningKey signing) throws IOException, MalformedException {
            SignedNote before = SignedNote.parse(Files.readAllBytes(note.orElseThrow()));
            return before.with(signing.sign(before.text()));
        }
    }

    /// Lifts one.
    @Command(
            name = "lift",
            description = "Lifts a hold with a note that two different approvers have signed.",
            mixinStandardHelpOptions = true)
    static final class Lift implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ServerOption server = new ServerOption();

        @Parameters(paramLabel = "HOLD", description = "The hold.")
        private String hold = "";

        @Option(names = "--note", paramLabel = "FILE", required = true, description = "The signed note.")
        private Path note = Path.of("");

        @Override
        public Integer call() throws Exception {
            JsonNode lifted = server.client()
                    .post("/api/holds/" + id(spec, hold) + "/lift", Map.of("note", Files.readString(note)));
            spec.commandLine()
                    .getOut()
                    .println("lifted: " + Output.plain(lifted.path("id").asString()) + ", case "
                            + Output.plain(lifted.path("case").asString()));
            return 0;
        }
    }

    private static String id(CommandSpec spec, String hold) {
        if (!hold.matches("[0-9a-f]{16}")) {
            throw new ParameterException(
                    spec.commandLine(), "'" + hold + "' is no hold; one is sixteen hexadecimal digits");
        }
        return hold;
    }
}
