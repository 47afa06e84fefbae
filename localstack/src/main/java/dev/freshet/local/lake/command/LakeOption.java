package dev.freshet.local.lake.command;

import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.LocalState;
import dev.freshet.cli.connection.StackNameOption;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.lake.DeployedLake;
import dev.freshet.local.lake.LakeSetup;
import dev.freshet.local.lake.LocalLake;
import dev.freshet.local.lake.LocalLake.LakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option that names a lake, to be mixed into every command that uses one. */
final class LakeOption {
    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State folder of the local cloud. Default: .freshet in the checkout.")
    private @Nullable Path state;

    @Mixin private final StackNameOption stack = new StackNameOption();

    private @Nullable StackOutputs outputs;

    /** Returns the outputs of the stack on AWS whose lake is meant; empty for the local one. */
    Optional<StackOutputs> outputs() {
        if (outputs == null) {
            outputs = stack.outputs().orElse(null);
        }
        return Optional.ofNullable(outputs);
    }

    /** Runs work that queries the lake, the local one or that of a stack on AWS. */
    <T> T ask(Function<QueriedLake, T> work) {
        if (outputs().isEmpty()) {
            return with(
                    local ->
                            work.apply(
                                    (sql, limit) ->
                                            local.query(
                                                    sql, result -> QueryRows.read(result, limit))));
        }
        try (DeployedLake deployed = DeployedLake.of(outputs().get())) {
            return work.apply((sql, limit) -> QueryRows.of(deployed.query(sql, limit)));
        }
    }

    /** Returns the state of the local cloud. */
    LocalState state() {
        return new LocalState(
                state != null
                        ? state
                        : Checkout.locate()
                                .orElseThrow(
                                        () ->
                                                new CommandException(
                                                        "This folder is not in a checkout of Freshet: name the state"
                                                                + " folder of a local cloud with --state, or a stack on"
                                                                + " AWS with --stack."))
                                .resolve(LocalState.FOLDER));
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
