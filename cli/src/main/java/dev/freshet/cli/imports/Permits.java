package dev.freshet.cli.imports;

import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.LocalState;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes import permits, which allow events of any age. A permit is signed with the secret of the
 * stack: that of a local cloud is in its state folder, that of a deployed stack in Secrets Manager.
 */
final class Permits {
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
            StackConnection stack, Optional<StackOutputs> outputs, Instant end, Instant oldest) {
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
                    "The secret of the stack '"
                            + outputs.stack()
                            + "' cannot be read: "
                            + unread.getMessage(),
                    unread);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
