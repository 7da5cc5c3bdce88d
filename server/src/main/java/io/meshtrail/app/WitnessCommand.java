package io.meshtrail.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `meshtrail witness …`.
@Command(
        name = "witness",
        description = "Vouches for the ledgers of others.",
        subcommands = WitnessServe.class,
        mixinStandardHelpOptions = true)
final class WitnessCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what shall the witness do? There is: witness serve");
    }
}
