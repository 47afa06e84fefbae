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

/** {@code freshet quarantine drop}: removes entries for good. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description =
                "Removes entries for good. A note of each is kept: position, reason and time, no payload.")
final class DropCommand implements Callable<Integer> {

    @Mixin private final Selection selection = new Selection();

    @Option(names = "--all", description = "Select every open entry.")
    private boolean all;

    @Option(names = "--yes", description = "Remove them; without it, only count them.")
    private boolean yes;

    @Mixin private final StoreOptions stores = new StoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        if (selection.isEverything() && !all) {
            throw new CommandException(
                    "Select entries by position, --reason, --stream or --since, or give --all.");
        }
        return Stores.with(stores, this::drop);
    }

    private int drop(Stores opened) {
        S3Quarantine quarantine = opened.quarantine();
        Predicate<Entry> selected = selection.matches(Stores.CLOCK.instant());
        long[] count = {0};
        quarantine.forEachOpen(
                entry -> {
                    if (selected.test(entry)) {
                        count[0]++;
                        if (yes) {
                            quarantine.settle(entry, Settling.DROPPED, Stores.CLOCK.instant());
                        }
                    }
                    return true;
                });
        if (!yes && count[0] > 0) {
            throw new CommandException(
                    "%,d entries would be removed for good: add --yes to remove them."
                            .formatted(count[0]));
        }
        quarantine.tidy();
        output.result(
                JsonNodeFactory.instance.objectNode().put("dropped", count[0]),
                "%,d dropped.".formatted(count[0]));
        return 0;
    }
}
