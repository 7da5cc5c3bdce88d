package io.meshtrail.bench;

import java.nio.file.Path;

/// The program: `bin/bench ingest [options]`.
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    /// @param arguments the folder of the project, then what the user typed
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2 || !arguments[1].equals("ingest")) {
            boolean asked = arguments.length > 1 && arguments[1].equals("--help");
            (asked ? System.out : System.err).print(Options.HELP);
            System.exit(asked ? 0 : USAGE);
        }
        Options options = Options.defaults(Path.of(arguments[0]));
        try {
            for (int i = 2; i < arguments.length; i++) {
                if (arguments[i].equals("--help")) {
                    System.out.print(Options.HELP);
                    return;
                }
                if (arguments[i].equals("--verify")) {
                    options = options.verifying();
                } else if (i + 1 < arguments.length) {
                    options = options.with(arguments[i], arguments[++i]);
                } else {
                    throw new IllegalArgumentException(arguments[i] + " is no option, or lacks its value");
                }
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "; see bin/bench --help");
            System.exit(USAGE);
        }
        System.out.println(new Ingest(options).run());
        System.exit(0);
    }
}
