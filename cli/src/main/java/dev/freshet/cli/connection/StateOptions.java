package dev.freshet.cli.connection;

import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --state}, mixed into every command that reads the state of a local cloud. */
public final class StateOptions {

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
                                "This folder is not in a checkout of Freshet, which would"
                                        + " have a local cloud: "
                                        + instead));
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
