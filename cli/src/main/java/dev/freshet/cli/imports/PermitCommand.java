package dev.freshet.cli.imports;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.cli.connection.StackNameOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet import permit}: makes a permit for somebody else's import. */
@Command(
        name = "permit",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an import permit and prints it, for somebody who may send events and not read the"
                    + " stack's secret: freshet import --permit PERMIT.",
            "It allows events of any age since a day, until it ends. It cannot be revoked."
        })
final class PermitCommand implements Callable<Integer> {
    private static final int MAX_HOURS = 48;

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "6",
            description = "How long it is valid, 1 to 48 hours. Default: ${DEFAULT-VALUE}.")
    private int hours;

    @Option(
            names = "--since",
            paramLabel = "DAY",
            description = "First day of the history, such as 2024-01-31. Default: 1970-01-01.")
    private @Nullable LocalDate since;

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final StackNameOption deployed = new StackNameOption();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() {
        if (hours < 1 || hours > MAX_HOURS) {
            throw new CommandException("--hours is 1 to " + MAX_HOURS + ".");
        }
        Instant oldest =
                since == null ? Instant.EPOCH : since.atStartOfDay(ZoneOffset.UTC).toInstant();
        if (oldest.isBefore(Instant.EPOCH)) {
            throw new CommandException("--since is 1970-01-01 or later.");
        }
        Instant end = clock.instant().plus(Duration.ofHours(hours));
        String permit = Permits.permit(stack.find(), deployed.outputs(), end, oldest);
        output.note(
                "Allows events since " + oldest + " until " + end + ". Keep it as you keep a key.");
        output.result(
                Format.JSON
                        .createObjectNode()
                        .put("permit", permit)
                        .put("expiresAt", end.toString())
                        .put("oldest", oldest.toString()),
                permit);
        return 0;
    }
}
