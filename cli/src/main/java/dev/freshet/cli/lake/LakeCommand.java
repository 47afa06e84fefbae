package dev.freshet.cli.lake;

import dev.freshet.cli.CommandException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code freshet lake}: the history of all accepted events, as tables. */
@Command(
        name = "lake",
        mixinStandardHelpOptions = true,
        description = {
            "Queries, settles and exports the lake: every accepted event as rows of tables.",
            "Works on the lake of the local cloud, running or not, which 'freshet up --option"
                    + " lake=true' keeps, or with --stack on that of a stack on AWS."
        })
public final class LakeCommand implements Callable<Integer> {
    private LakeCommand() {}

    /** Returns the command with its subcommands. */
    public static CommandLine line(InstantSource clock) {
        return new CommandLine(new LakeCommand())
                .addSubcommand(new LakeQueryCommand(clock))
                .addSubcommand(new LakeExportCommand())
                .addSubcommand(new LakeSettleCommand(clock))
                .addSubcommand(new LakeStatusCommand(clock))
                .addSubcommand(new LakeDoctorCommand())
                .addSubcommand(new LakeUserCommand());
    }

    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do: 'freshet lake query', export, settle, status, doctor or user.");
    }
}
