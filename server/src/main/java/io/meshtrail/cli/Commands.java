package io.meshtrail.cli;

import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `meshtrail` and what it can do.
public final class Commands {
    private Commands() {}

    @Command(
            name = "meshtrail",
            description = "The audit log of a service mesh: captured in real time, tamper-proof, found in seconds.",
            mixinStandardHelpOptions = true,
            version = "meshtrail 0.1.0",
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root {}

    /// All commands.
    ///
    /// @param serve the command that runs the server
    /// @param folders checks data folders
    /// @param recovery goes on after a loss
    /// @param anchors reads what data folders tell of anchors
    /// @param more further commands that `app` has
    public static CommandLine of(
            Object serve, DataFolderCheck folders, DataFolderRecovery recovery, AnchorFolder anchors, Object... more) {
        CommandLine line = new CommandLine(new Root())
                .addSubcommand(serve)
                .addSubcommand(new Search())
                .addSubcommand(new Tail())
                .addSubcommand(new SqlCommand())
                .addSubcommand(new Verify(folders))
                .addSubcommand(new Prove())
                .addSubcommand(new VerifyProofCommand())
                .addSubcommand(new CommandLine(new LedgersCommand()).addSubcommand(new Recover(recovery)))
                .addSubcommand(new AnchorsCommand(anchors))
                .addSubcommand(new HoldsCommand())
                .addSubcommand(new SubjectsCommand())
                .addSubcommand(new MonitorCommand())
                .addSubcommand(new Keys())
                .addSubcommand(new Import())
                .addSubcommand(new Export())
                .addSubcommand(new VerifyEvidence());
        for (Object command : more) {
            line.addSubcommand(command);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            if (failure instanceof RuntimeException) {
                failure.printStackTrace(err);
            } else if (failure instanceof NoSuchFileException missing) {
                err.println(missing.getFile() + ": there is no such file");
            } else {
                err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
            }
            return 1;
        });
        return line;
    }
}
