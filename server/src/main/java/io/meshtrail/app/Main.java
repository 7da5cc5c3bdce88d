package io.meshtrail.app;

import io.meshtrail.cli.Commands;

/// The program.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Commands.of(
                        new Serve(), new FolderCheck(), new FolderRecovery(), new FolderAnchors(), new WitnessCommand())
                .execute(arguments));
    }
}
