package dev.freshet.cli.connection;

import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.console.CommandException;
import dev.freshet.folder.Checkout;
import dev.freshet.folder.LocalState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options by which a command finds the tables, streams and buckets that it opens itself, to be
 * mixed into the command. On AWS the credentials and the region come from the SDK's default chain.
 */
public final class DeploymentOptions {

    @Mixin private final StackNameOption stack = new StackNameOption();

    @Mixin private final StateOptions state = new StateOptions();

    /**
     * Returns the deployment: the stack of {@code --stack}, else what options or the environment
     * name on AWS, else the running local cloud.
     *
     * @param marker the setting whose presence, in {@code named} or in the environment, means AWS
     * @param named settings that other options gave; they take precedence
     * @throws CommandException where there is no such stack, or no local cloud runs
     */
    public Deployment find(Setting marker, NamedSettings named) {
        return find(named.has(marker) || System.getenv(marker.variable()) != null, named);
    }

    /**
     * Returns the deployment: the stack of {@code --stack}, else on AWS by the environment, else
     * the running local cloud.
     *
     * @param aws whether options or the environment name the stores of a stack on AWS
     * @param named settings that other options gave; they take precedence
     * @throws CommandException where there is no such stack, or no local cloud runs
     */
    public Deployment find(boolean aws, NamedSettings named) {
        Optional<StackOutputs> outputs = stack.outputs();
        if (outputs.isPresent() || aws) {
            Map<String, String> variables =
                    outputs.map(StackOutputs::variables)
                            .orElseGet(() -> new TreeMap<>(System.getenv()));
            named.writeTo(variables);
            return new Deployment(Settings.from(variables), Optional.empty(), outputs);
        }
        String instead = "start one with './freshet up', or name a stack on AWS with --stack.";
        LocalState local = state.state(instead);
        return new Deployment(
                local.environmentWithSecret()
                        .map(Settings::from)
                        .orElseThrow(() -> state.noneRuns(instead)),
                Optional.of(local),
                Optional.empty());
    }

    /**
     * The deployment whose tables, streams and buckets a command opens.
     *
     * @param settings names of the stores, and where emulators of them answer
     * @param local the state folder, where the deployment is a local cloud; empty on AWS
     * @param outputs outputs of the CloudFormation stack, where one was named
     */
    public record Deployment(
            Settings settings, Optional<LocalState> local, Optional<StackOutputs> outputs) {}

    /** Settings of a stack that options of the command line gave. */
    public static final class NamedSettings {
        private final Map<EnvironmentVariable, String> values = new LinkedHashMap<>();

        /**
         * Adds a setting.
         *
         * @param value value of the option; null where it is absent, which adds nothing
         */
        public NamedSettings with(EnvironmentVariable setting, @Nullable String value) {
            if (value != null) {
                values.put(setting, value);
            }
            return this;
        }

        /** Returns whether an option gave this setting. */
        boolean has(EnvironmentVariable setting) {
            return values.containsKey(setting);
        }

        /** Writes the settings into variables of an environment, over those that are there. */
        void writeTo(Map<String, String> variables) {
            values.forEach((setting, value) -> variables.put(setting.variable(), value));
        }
    }

    /**
     * The option {@code --state}, mixed into every command that reads the state of a local cloud.
     */
    public static final class StateOptions {

        @Option(
                names = "--state",
                paramLabel = "DIR",
                description =
                        "State folder of the local cloud. Default: "
                                + LocalState.FOLDER
                                + " in the checkout.")
        private @Nullable Path state;

        /** Returns the state in the folder that was named; empty where none was. */
        public Optional<LocalState> named() {
            return Optional.ofNullable(state).map(LocalState::new);
        }

        /**
         * Returns the state in the folder that was named, else in the checkout.
         *
         * @param instead what to do where there is neither, as the end of a sentence
         */
        public LocalState state(String instead) {
            if (state != null) {
                return new LocalState(state);
            }
            return Checkout.locate()
                    .map(home -> new LocalState(home.resolve(LocalState.FOLDER)))
                    .orElseThrow(
                            CommandException.saying(
                                    "This folder is not in a checkout of Freshet, which would have a local cloud: %s",
                                    instead));
        }

        /**
         * Returns what to report where no local cloud runs on that folder.
         *
         * @param instead what to do, as the end of a sentence
         */
        public CommandException noneRuns(String instead) {
            return new CommandException(
                    "No local cloud runs on " + state(instead).folder() + ": " + instead);
        }
    }
}
