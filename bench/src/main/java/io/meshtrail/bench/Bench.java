package io.meshtrail.bench;

import io.meshtrail.bench.ledger.LedgerBench;
import io.meshtrail.bench.ledger.LedgerOptions;
import io.meshtrail.bench.search.SearchBench;
import io.meshtrail.bench.search.SearchOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The program: `bin/bench ingest [options]`, `bin/bench ledger [options]`, `bin/bench search [options]`.
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    /// @param arguments the folder of the project, then what the user typed
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        List<String> typed = Arrays.asList(arguments).subList(1, arguments.length);
        String what = typed.isEmpty() ? "" : typed.getFirst();
        if (typed.contains("--help") || !List.of("ingest", "ledger", "search").contains(what)) {
            String help = switch (what) {
                case "ingest" -> Options.HELP;
                case "ledger" -> LedgerOptions.HELP;
                case "search" -> SearchOptions.HELP;
                default -> Options.HELP + "\n" + LedgerOptions.HELP + "\n" + SearchOptions.HELP;
            };
            (typed.contains("--help") ? System.out : System.err).print(help);
            System.exit(typed.contains("--help") ? 0 : USAGE);
        }
        try {
            List<String> options = typed.subList(1, typed.size());
            System.out.println(
                    switch (what) {
                        case "ingest" -> ingest(root, options);
                        case "ledger" -> ledger(root, options);
                        default -> search(root, options);
                    });
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "; see bin/bench --help");
            System.exit(USAGE);
        }
        System.exit(0);
    }

    private static String ingest(Path root, List<String> typed) throws Exception {
        Options options = Options.defaults(root);
        for (int i = 0; i < typed.size(); i++) {
            options = typed.get(i).equals("--verify")
                    ? options.verifying()
                    : options.with(typed.get(i), value(typed, ++i));
        }
        return new Ingest(options).run();
    }

    private static String ledger(Path root, List<String> typed) throws Exception {
        LedgerOptions options = LedgerOptions.defaults(root);
        for (int i = 0; i < typed.size(); i += 2) {
            options = options.with(typed.get(i), value(typed, i + 1));
        }
        return new LedgerBench(options).run();
    }

    private static String search(Path root, List<String> typed) throws Exception {
        SearchOptions options = SearchOptions.defaults(root);
        for (int i = 0; i < typed.size(); i += 2) {
            options = options.with(typed.get(i), value(typed, i + 1));
        }
        return new SearchBench(options).run();
    }

    private static String value(List<String> typed, int at) {
        if (at >= typed.size()) {
            throw new IllegalArgumentException(typed.get(at - 1) + " lacks its value");
        }
        return typed.get(at);
    }
}
