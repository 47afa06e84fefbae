package dev.freshet.cli.connection;

import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.cli.connection.DeploymentOptions.StateOptions;
import dev.freshet.console.CommandException;
import dev.freshet.folder.LocalState;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options by which a command finds the API that it calls, to be mixed into the command. They
 * may also be given before the name of the command. {@link ConnectionFinder} has the order in which
 * the places are looked at.
 */
public final class ConnectionOptions {

    @ArgGroup(validate = false, order = 1, heading = "%nStack whose API is called:%n")
    private Named named = new Named();

    /** The options that name a stack. */
    private static final class Named {
        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                description =
                        "Address of the API. Default: FRESHET_ENDPOINT, else that of the profile or"
                                + " the running local cloud of this checkout.")
        @Nullable URI endpoint;

        @Option(
                names = "--key",
                paramLabel = "KEY",
                description =
                        "Key or user token to send; other users of this machine can see it."
                                + " Default: the key of the profile, FRESHET_KEY, or the owner's key of"
                                + " the local cloud.")
        @Nullable String key;

        @Option(
                names = "--profile",
                paramLabel = "NAME",
                description =
                        "Profile in ~/.config/freshet/config, which has an endpoint and a key;"
                                + " 'local' is the local cloud of this checkout. Default:"
                                + " FRESHET_PROFILE, else 'default'.")
        @Nullable String profile;
    }

    @Mixin private final StateOptions state = new StateOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /**
     * Returns the connection that the options, the environment and the files of this machine name.
     *
     * @throws CommandException where they name none, or contradict each other
     */
    public StackConnection find() {
        ConnectionFinder.Explicit given =
                new ConnectionFinder.Explicit(
                        orOfRoot(named.endpoint, "--endpoint"),
                        orOfRoot(named.key, "--key"),
                        orOfRoot(named.profile, "--profile"));
        return state.named().isPresent()
                ? onState(given, state.named().get())
                : StackConnection.finder().find(given);
    }

    private StackConnection onState(ConnectionFinder.Explicit given, LocalState folder) {
        CommandException.require(
                given.endpoint() == null && given.profile() == null,
                "Give --state, or --endpoint or --profile, not both.");
        StackConnection owners =
                StackConnection.to(folder)
                        .orElseThrow(
                                () -> state.noneRuns("start one with './freshet up --state DIR'."));
        return given.key() == null
                ? owners
                : new StackConnection(
                        owners.endpoint(), Optional.of(given.key()), owners.local(), "--key");
    }

    /** Returns an option's value, else what was given for it before the name of the command. */
    private <T> @Nullable T orOfRoot(@Nullable T value, String option) {
        CommandSpec root = command.commandLine().getCommandSpec().root();
        OptionSpec ofRoot = root.findOption(option);
        return value != null || ofRoot == null ? value : ofRoot.getValue();
    }

    /**
     * Calls the API once.
     *
     * @throws CommandException with the sentence of the problem document unless the status is 2xx,
     *     or where nothing answers
     */
    public ApiResponse call(Function<FreshetClient, ApiResponse> request) {
        try (FreshetClient client = find().client()) {
            ApiResponse answer = request.apply(client);
            CommandException.require(answer.ok(), answer.problem());
            return answer;
        } catch (UnreachableException e) {
            throw new CommandException(e);
        }
    }
}
