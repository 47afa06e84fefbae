package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.quarantine.Quarantine.Entry;
import dev.freshet.quarantine.Quarantine.Settling;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet quarantine drop}: without them. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description =
                "Removes entries for good. A note stays of each: position, reason, time; no payload.")
final class DropCommand implements Callable<Integer> {

    @Mixin private final Selection selection = new Selection();

    @Option(names = "--all", description = "Every open entry.")
    private boolean all;

    @Option(names = "--yes", description = "Do it; without, say how many would go.")
    private boolean yes;

    @Mixin private final StoreOptions stores = new StoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        if (selection.isEverything() && !all) {
            throw new CommandException(
                    "Say which: positions, --reason, --stream, --since, or --all.");
        }
        return Stores.with(stores, this::drop);
    }

    private int drop(Stores opened) {
        S3Quarantine quarantine = opened.quarantine();
        Predicate<Entry> meant = selection.matches(Stores.CLOCK.instant());
        long[] count = {0};
        quarantine.forEachOpen(
                entry -> {
                    if (meant.test(entry)) {
                        count[0]++;
                        if (yes) {
                            quarantine.settle(entry, Settling.DROPPED, Stores.CLOCK.instant());
                        }
                    }
                    return true;
                });
        if (!yes && count[0] > 0) {
            throw new CommandException(
                    "%,d would be gone for good: say --yes to do it.".formatted(count[0]));
        }
        quarantine.tidy();
        output.result(
                JsonNodeFactory.instance.objectNode().put("dropped", count[0]),
                "%,d dropped.".formatted(count[0]));
        return 0;
    }
}
