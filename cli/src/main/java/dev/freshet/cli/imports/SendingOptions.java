package dev.freshet.cli.imports;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.cli.connection.LocalState;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.connection.StackNameOption;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StateOptions;
import dev.freshet.cli.imports.sending.EntrySender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that send a history to a stack, to be mixed into them. */
public final class SendingOptions {
    private static final int SHARD_RATE = 800;
    private static final int LOCAL_RATE = 20_000;

    /** How long a permit of the command is valid; one that has ended is renewed. */
    private static final Duration PERMIT_VALID = Duration.ofHours(1);

    private static final int MAX_LANES = 32;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Most events a second, 10 to 100000. Default: 800 for a deployed stack, which"
                            + " is 80 %% of what one shard takes, and 20000 for a local cloud.")
    private @Nullable Integer rate;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "Requests at a time, 1 to 32. All that concerns one user goes in order in any"
                            + " case. Default: 4, and 1 for a restore, which keeps the order of all"
                            + " events.")
    private @Nullable Integer lanes;

    @Option(
            names = "--permit",
            paramLabel = "PERMIT",
            description =
                    "Import permit. Default: one signed with the secret of the local cloud, or of"
                            + " the stack of --stack.")
    private @Nullable String permit;

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final StackNameOption deployed = new StackNameOption();

    @Mixin private final StateOptions state = new StateOptions();

    /**
     * Returns the stack that is sent to.
     *
     * @throws CommandException where none is named
     */
    public StackConnection connection() {
        Optional<LocalState> named = state.named();
        if (named.isEmpty()) {
            return stack.find();
        }
        return StackConnection.to(named.get())
                .orElseThrow(() -> state.noneRuns("start one with './freshet up --state DIR'."));
    }

    /** Returns the outputs of the stack that --stack names; empty where it names none. */
    public Optional<StackOutputs> outputs() {
        return deployed.outputs();
    }

    /** Returns permits for requests to a stack. */
    public UnaryOperator<String> permits(StackConnection connection, InstantSource clock) {
        String given = permit;
        if (given != null) {
            return _ -> given;
        }
        return _ ->
                Permits.permit(
                        connection,
                        deployed.outputs(),
                        clock.instant().plus(PERMIT_VALID),
                        Instant.EPOCH);
    }

    /**
     * Returns how much is sent at once.
     *
     * @param usualLanes requests at a time, unless the option says so
     * @throws CommandException if an option is out of its bounds
     */
    public EntrySender.Limits limits(StackConnection connection, int usualLanes) {
        int perSecond =
                rate != null ? rate : connection.local().isPresent() ? LOCAL_RATE : SHARD_RATE;
        if (perSecond < 10 || perSecond > 100_000) {
            throw new CommandException("--rate is 10 to 100000 events a second.");
        }
        int atATime = lanes == null ? usualLanes : lanes;
        if (atATime < 1 || atATime > MAX_LANES) {
            throw new CommandException("--concurrency is 1 to " + MAX_LANES + " requests.");
        }
        return new EntrySender.Limits(atATime, perSecond);
    }
}
