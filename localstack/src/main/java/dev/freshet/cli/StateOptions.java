package dev.freshet.cli;

import dev.freshet.local.Options;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which local cloud is meant, to be mixed into every command that looks into one's state. */
public final class StateOptions {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State folder of the local cloud. Default: .freshet in the checkout.")
    private @Nullable Path state;

    /** The folder asked for, or that of the checkout. */
    public Path folder() {
        return state == null ? Options.of(Checkout.find()).state() : state;
    }

    /**
     * What to say where none runs there.
     *
     * @param instead what to do, as the end of a sentence
     */
    public CommandException noneRuns(String instead) {
        return new CommandException("No local cloud runs on " + folder() + ": " + instead);
    }
}
