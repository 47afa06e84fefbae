package dev.freshet.cli;

import dev.freshet.local.host.LocalCloudException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The root of the command line. */
@Command(
        name = "freshet",
        mixinStandardHelpOptions = true,
        version = "freshet 0.1.0",
        description =
                "A real-time recommender on this machine: the local cloud and the command line of its API.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:it did not; one sentence on standard error says why and what to do",
            "2:the command line was not understood"
        })
public final class Freshet {

    private static final int FAILURE = 1;

    private Freshet() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with all its commands, for {@code main} and for tests. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Freshet());
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            for (Object command : provider.commands()) {
                line.addSubcommand(command);
            }
        }
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Freshet::misunderstood);
        line.setExecutionExceptionHandler(Freshet::failed);
        return line;
    }

    private static int misunderstood(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println(problem.getMessage());
        command.getErr()
                .println(
                        "See '"
                                + command.getCommandSpec().qualifiedName()
                                + " --help' for what can be asked.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(
            Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        if (problem instanceof CommandException || problem instanceof LocalCloudException) {
            command.getErr().println(problem.getMessage());
        } else if (problem instanceof InterruptedException) {
            command.getErr().println("Interrupted before it was done.");
        } else {
            command.getErr()
                    .println(
                            "freshet failed unexpectedly ("
                                    + problem.getClass().getSimpleName()
                                    + ": "
                                    + problem.getMessage()
                                    + "). Please report it; FRESHET_TRACE=1 shows where it happened.");
            if (System.getenv("FRESHET_TRACE") != null) {
                problem.printStackTrace(command.getErr());
            }
        }
        return FAILURE;
    }
}
