package dev.freshet.local.lake.command;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet lake}: the history of all accepted events, as tables. */
@Command(
        name = "lake",
        mixinStandardHelpOptions = true,
        description = {
            "Queries, settles and exports the lake: every accepted event as rows of tables.",
            "Works on the lake of the local cloud, running or not, which 'freshet up --option"
                    + " lake=true' keeps."
        },
        subcommands = {
            LakeQueryCommand.class,
            LakeExportCommand.class,
            LakeSettleCommand.class,
            LakeStatusCommand.class,
            LakeDoctorCommand.class,
            LakeUserCommand.class
        })
final class LakeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do: 'freshet lake query', export, settle, status, doctor or user.");
    }
}
