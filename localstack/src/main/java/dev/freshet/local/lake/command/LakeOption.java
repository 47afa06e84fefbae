package dev.freshet.local.lake.command;

import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.LocalState;
import dev.freshet.local.lake.LakeSetup;
import dev.freshet.local.lake.LocalLake;
import dev.freshet.local.lake.LocalLake.LakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a lake, to be mixed into every command that uses one. */
final class LakeOption {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State folder of the local cloud. Default: .freshet in the checkout.")
    private @Nullable Path state;

    /** Returns the state of the local cloud. */
    LocalState state() {
        return new LocalState(state == null ? Checkout.find().resolve(LocalState.FOLDER) : state);
    }

    Path folder() {
        return state().folder().resolve(LakeSetup.FOLDER);
    }

    /** Runs work on the lake, and closes it. */
    <T> T with(Function<LocalLake, T> work) {
        if (!Files.isDirectory(folder())) {
            throw new CommandException(
                    "There is no lake in "
                            + folder()
                            + ": start the local cloud with 'freshet up --option lake=true'.");
        }
        try (LocalLake lake = new LocalLake(folder())) {
            return work.apply(lake);
        } catch (LakeException refused) {
            throw new CommandException(
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse("failed"),
                    refused);
        }
    }
}
