package dev.freshet.cli.lake;

import dev.freshet.cli.connection.DeploymentOptions.StateOptions;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.console.CommandException;
import dev.freshet.folder.LocalState;
import dev.freshet.lake.LakeReader;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The option that names a lake, to be mixed into every command that uses one. */
final class LakeOption {
    @Mixin private final StateOptions state = new StateOptions();
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
            return with(work::apply);
        }
        try (DeployedLake deployed = DeployedLake.of(outputs().get())) {
            return work.apply(deployed);
        }
    }

    /** Runs work that reads the lake row by row, the local one or that of a stack on AWS. */
    void read(Consumer<LakeReader> work) {
        try (LakeReader reader =
                outputs()
                        .map(stack -> DeployedLake.of(stack).reader())
                        .orElseGet(() -> LocalLakes.find().reader(state()))) {
            work.accept(reader);
        } catch (FolderLake.LakeException refused) {
            throw told(refused);
        }
    }

    /** Returns the state of the local cloud. */
    LocalState state() {
        return state.state("name a stack on AWS with --stack.");
    }

    /** Runs work on the lake of the local cloud, and closes it. */
    <T> T with(Function<FolderLake, T> work) {
        LocalLakes lakes = LocalLakes.find();
        try (FolderLake lake = lakes.open(state())) {
            return work.apply(lake);
        } catch (FolderLake.LakeException refused) {
            throw told(refused);
        }
    }

    private static CommandException told(FolderLake.LakeException refused) {
        return new CommandException(
                String.valueOf(refused.getMessage()).lines().findFirst().orElse("failed"), refused);
    }
}
