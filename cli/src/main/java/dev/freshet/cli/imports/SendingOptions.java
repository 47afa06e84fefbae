package dev.freshet.cli.imports;

import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.Requests.Waiter;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Settings;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.console.CommandException;
import dev.freshet.folder.LocalState;
import dev.freshet.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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

    /**
     * Returns the stack that is sent to.
     *
     * @throws CommandException where none is named
     */
    public StackConnection connection() {
        return stack.find();
    }

    /** Returns the outputs of the stack that --stack names; empty where it names none. */
    public Optional<StackOutputs> outputs() {
        return deployed.outputs();
    }

    /**
     * Returns a sender of entries to a stack, which is to be closed.
     *
     * @param usualLanes requests at a time, unless the option says so
     * @throws CommandException if an option is out of its bounds
     */
    public EntrySender sender(
            StackConnection connection, FreshetClient client, int usualLanes, InstantSource clock) {
        int perSecond =
                rate != null ? rate : connection.local().isPresent() ? LOCAL_RATE : SHARD_RATE;
        CommandException.require(
                perSecond >= 10 && perSecond <= 100_000, "--rate is 10 to 100000 events a second.");
        int atATime = lanes == null ? usualLanes : lanes;
        boolean allowed = atATime >= 1 && atATime <= MAX_LANES;
        CommandException.require(allowed, "--concurrency is 1 to %d requests.", MAX_LANES);
        return new EntrySender(
                client,
                _ -> permit(connection, clock),
                new EntrySender.Limits(atATime, perSecond),
                clock,
                Waiter.SLEEP);
    }

    private String permit(StackConnection connection, InstantSource clock) {
        return permit != null
                ? permit
                : Permits.permit(
                        connection,
                        deployed.outputs(),
                        clock.instant().plus(PERMIT_VALID),
                        Instant.EPOCH);
    }

    /**
     * Makes import permits, which allow events of any age. A permit is signed with the secret of
     * the stack: that of a local cloud is in its state folder, that of a deployed stack in Secrets
     * Manager.
     */
    static final class Permits {
        private Permits() {}

        /**
         * Returns a permit, as the value of the header.
         *
         * @param stack the stack that the events are sent to
         * @param outputs outputs of that stack, where AWS credentials are to be used
         * @param end the end of the permit
         * @param oldest the earliest time of an event, not before 1970
         * @throws CommandException where the secret of the stack is not available
         */
        static String permit(
                StackConnection stack,
                Optional<StackOutputs> outputs,
                Instant end,
                Instant oldest) {
            byte[] secret =
                    outputs.map(Permits::deployed)
                            .or(() -> stack.local().flatMap(LocalState::secret).map(Permits::bytes))
                            .orElseThrow(
                                    CommandException.saying(
                                            "An import needs a permit, which is signed with the"
                                                    + " stack's secret: name the stack with"
                                                    + " --stack to read the secret with your AWS"
                                                    + " credentials, or give a --permit."));
            Signer signer = new Signer(secret).derive(Signer.IMPORT_PERMIT);
            return new ImportPermit(end, oldest).sign(signer);
        }

        private static byte[] deployed(StackOutputs outputs) {
            Settings settings = Settings.from(outputs.variables());
            try (Clients clients = new Clients(settings)) {
                return new Secrets(settings, clients).secret();
            } catch (StoreUnavailableException unread) {
                throw new CommandException(
                        unread,
                        "The secret of the stack '%s' cannot be read: %s",
                        outputs.stack(),
                        unread.getMessage());
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
