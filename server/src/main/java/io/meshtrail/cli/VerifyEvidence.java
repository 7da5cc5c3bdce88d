package io.meshtrail.cli;

import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyProof;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks an evidence file without any server.
@Command(
        name = "verify-evidence",
        description = {
            "Checks offline that each event of an evidence file is in its ledger: its entry says what the event says,"
                    + " and its proof holds.",
            "Exit code 0 if all hold, 1 if one does not, naming it."
        },
        mixinStandardHelpOptions = true)
final class VerifyEvidence implements Callable<Integer> {
    /// The most bytes of one part; an entry has 65,535, the list of events may be long.
    private static final int MOST = 1 << 30;

    /// Fields of an answer that are no part of the entry's bytes.
    private static final Set<String> PLACE = Set.of("ledger", "leafIndex");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE.zip", description = "What `export --evidence` wrote.")
    private Path file = Path.of("");

    @Option(names = "--key", paramLabel = "VKEY", required = true, description = "A ledger's verifier key; repeatable.")
    private List<String> keys = List.of();

    @Option(names = "--policy", paramLabel = "FILE", description = "A C2SP tlog-policy with the witnesses to demand.")
    private Optional<Path> policy = Optional.empty();

    @Override
    public Integer call() throws Exception {
        List<VerifierKey> trusted = new ArrayList<>();
        TlogPolicy demanded = TlogPolicy.NONE;
        try {
            for (String key : keys) {
                trusted.add(VerifierKey.parse(key));
            }
            if (policy.isPresent()) {
                demanded = TlogPolicy.parse(Files.readAllBytes(policy.orElseThrow()));
            }
        } catch (MalformedException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return check(zip, new VerifyProof(trusted, demanded));
        }
    }

    private int check(ZipFile zip, VerifyProof proofs) throws IOException {
        Set<String> told = new TreeSet<>();
        for (String line : new String(part(zip, "events.jsonl"), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isEmpty()) {
                Optional<String> wrong = wrong(zip, proofs, line, told);
                if (wrong.isPresent()) {
                    spec.commandLine().getErr().println("not proven: " + Output.plain(wrong.orElseThrow()));
                    return 1;
                }
            }
        }
        spec.commandLine().getOut().println("proven: all " + told.size() + " events");
        return 0;
    }

    /// Why one event is not proven; empty if it is.
    private static Optional<String> wrong(ZipFile zip, VerifyProof proofs, String line, Set<String> told)
            throws IOException {
        String address = "an event";
        try {
            JsonNode element = JsonMapper.shared().readTree(line);
            address = element.path("address").asString("an event without address");
            if (!told.add(address)) {
                return Optional.of(address + " is there twice");
            }
            byte[] entry = part(zip, "entries/" + address + ".entry");
            VerifyProof.Result result = proofs.check(part(zip, "proofs/" + address + ".tlog-proof"), entry);
            if (result instanceof VerifyProof.Result.Failed failed) {
                return Optional.of(address + ", at " + failed.step() + ": " + failed.words());
            }
            return difference(JsonMapper.shared().readTree(entry), element.path("event"), address);
        } catch (JacksonException noJson) {
            return Optional.of(address + " is no JSON: " + noJson.getOriginalMessage());
        }
    }

    /// A proof is of the entry; what a person reads is the event.
    private static Optional<String> difference(JsonNode entry, JsonNode event, String address) {
        for (String field : event.propertyNames()) {
            if (!PLACE.contains(field) && !event.path(field).equals(entry.path(field))) {
                return Optional.of(address + ": the event says " + field + " " + event.path(field) + ", its entry "
                        + entry.path(field));
            }
        }
        return Optional.empty();
    }

    private static byte[] part(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(zip.getName() + " has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST);
            if (bytes.length == MOST) {
                throw new IOException(zip.getName() + ": " + name + " is too large");
            }
            return bytes;
        }
    }
}
