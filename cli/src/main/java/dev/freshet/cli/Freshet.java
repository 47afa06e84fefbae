package dev.freshet.cli;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.Settings.MissingSettingException;
import dev.freshet.console.CommandException;
import dev.freshet.console.Text;
import dev.freshet.json.EditDistance;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The command {@code freshet}, which every other command is a subcommand of. */
@Command(
        name = "freshet",
        mixinStandardHelpOptions = true,
        versionProvider = Freshet.Version.class,
        description =
                "The command line of Freshet, a real-time recommender: calls the API of a stack,"
                        + " local or deployed, and manages its keys and its data.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "",
        subcommands = {HelpCommand.class, GenerateCompletion.class},
        footerHeading = "%nWhich stack:%n",
        footer = {
            "  Commands that call the API use --endpoint and --key, else FRESHET_ENDPOINT and"
                    + " FRESHET_KEY, else the profile of --profile or FRESHET_PROFILE, else the running"
                    + " local cloud of this checkout, else the profile 'default'. Profiles are in"
                    + " ~/.config/freshet/config.",
            "  keys, quarantine and replay use --stack and AWS credentials, else the running local"
                    + " cloud."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failure; a sentence on standard error says why and what to do",
            "2:the command line was not understood",
            "3:done, but lines were refused, or not everything was removed"
        })
public final class Freshet {

    /** Options of the root that commands which call the API have as well. */
    private static final List<String> CONNECTION = List.of("--endpoint", "--key", "--profile");

    private static final String CREDENTIALS =
            ": check the credentials and the region, such as AWS_PROFILE and AWS_REGION.";

    private static final int FAILURE = 1;

    /** Letters of a word that are compared with names. */
    private static final int LONGEST_NAME = 64;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Address of the API, for every command that calls one.")
    @SuppressWarnings("UnusedVariable") // a command reads it by its name
    private @Nullable URI endpoint;

    @Option(names = "--key", paramLabel = "KEY", description = "Key or user token for the API.")
    @SuppressWarnings("UnusedVariable") // a command reads it by its name
    private @Nullable String key;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Profile in ~/.config/freshet/config that has both.")
    @SuppressWarnings("UnusedVariable") // a command reads it by its name
    private @Nullable String profile;

    private Freshet() {}

    /** Reads the version from the jar, or says that there is none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Freshet.class.getPackage().getImplementationVersion();
            return new String[] {
                "freshet " + Objects.requireNonNullElse(version, "from classes without a version")
            };
        }
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Returns the command line with the commands of all providers. */
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
        line.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::list);
        line.setExecutionStrategy(Freshet::run);
        line.setParameterExceptionHandler(Freshet::misunderstood);
        line.setExecutionExceptionHandler(Freshet::failed);
        return line;
    }

    /**
     * Runs the command; refuses options of the root that the command would ignore, and a group of
     * commands without the name of one.
     */
    private static int run(ParseResult parsed) {
        ParseResult last = parsed.asCommandLineList().getLast().getParseResult();
        CommandSpec command = last.commandSpec();
        for (String option : CONNECTION) {
            if (parsed.hasMatchedOption(option) && command.findOption("--profile") == null) {
                throw new ParameterException(
                        command.commandLine(),
                        option + " is not an option of '" + command.qualifiedName() + "'.");
            }
        }
        boolean help = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        if (!help
                && !command.subcommands().isEmpty()
                && command.parent() != null
                && !(command.userObject() instanceof Callable<?>)) {
            String names = String.join(", ", command.subcommands().keySet());
            String sentence =
                    "Name what to do with '%s': %s.".formatted(command.qualifiedName(), names);
            return failed(new CommandException(sentence), command.commandLine(), parsed);
        }
        return new RunLast().execute(parsed);
    }

    private static int misunderstood(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        String sentence =
                problem instanceof UnmatchedArgumentException unmatched
                        ? unmatched(unmatched.getUnmatched().getFirst(), command.getCommandSpec())
                        : String.valueOf(problem.getMessage());
        command.getErr().println(Text.printable(sentence));
        command.getErr()
                .printf(
                        "See '%s --help' for its options.%n",
                        command.getCommandSpec().qualifiedName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Returns what is wrong with the first word that nothing takes, and what may be meant. */
    private static String unmatched(String word, CommandSpec command) {
        boolean option = word.startsWith("-");
        String name = option ? word.replaceFirst("=.*", "") : word;
        Collection<String> known =
                option ? command.optionsMap().keySet() : command.subcommands().keySet();
        String what = option ? "option" : known.isEmpty() ? "argument" : "command";
        return "'%s' is no %s of '%s'.".formatted(name, what, command.qualifiedName())
                + nearest(name, known).map(" Did you mean '%s'?"::formatted).orElse("");
    }

    /** Returns the name that differs least, in less than half of its letters. */
    private static Optional<String> nearest(String word, Collection<String> names) {
        String start = word.substring(0, Math.min(word.length(), LONGEST_NAME));
        return names.stream()
                .min(Comparator.comparingInt(name -> EditDistance.between(name, start)))
                .filter(name -> 2 * EditDistance.between(name, start) < name.length());
    }

    private static int failed(Exception problem, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (problem instanceof CommandException || problem instanceof MissingSettingException) {
            err.println(Text.printable(String.valueOf(problem.getMessage())));
        } else if (problem instanceof SdkException failed) {
            err.println(Text.printable(sentence(failed)));
        } else if (problem instanceof InterruptedException) {
            err.println("Interrupted before it was done.");
        } else {
            err.printf(
                    "freshet failed unexpectedly (%s: %s). Please report it; FRESHET_TRACE=1 shows where it happened.%n",
                    problem.getClass().getSimpleName(),
                    Text.printable(String.valueOf(problem.getMessage())));
            if (System.getenv("FRESHET_TRACE") != null) {
                problem.printStackTrace(err);
            }
        }
        return FAILURE;
    }

    /** Returns what happened to a call of AWS, and what to look at where that is known. */
    static String sentence(SdkException failed) {
        String why =
                String.valueOf(failed.getMessage())
                        .replaceFirst(" from any of the providers.*", "");
        if (failed instanceof AwsServiceException refused) {
            String code = AwsCalls.errorCode(refused).orElse("");
            return "AWS refused (%s)".formatted(why)
                    + (code.matches(".*(Client|Token|Signature|Denied|Forbidden).*")
                            ? CREDENTIALS
                            : ".");
        }
        if (why.matches("(?i).*(credentials|region).*")) {
            return "AWS was not asked (%s)".formatted(why) + CREDENTIALS;
        }
        return failed.getCause() instanceof IOException
                ? "AWS did not answer (%s): check the network, and AWS_REGION.".formatted(why)
                : "AWS was not asked (%s). Please report it.".formatted(why);
    }
}
