package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.StackOutputs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet lake settle}: makes the tables exact. */
@Command(
        name = "settle",
        mixinStandardHelpOptions = true,
        description = {
            "Erases, then settles what arrived into tables with one row for each event, and removes days"
                    + " that are kept no longer.",
            "Where a local cloud runs, the dashboard shows what the named queries said then.",
            "A second run changes nothing. A deployed lake does it each night; with --stack a run begins"
                    + " at once, unless one is under way."
        })
final class LakeSettleCommand implements Callable<Integer> {
    /** The days for which a deployed lake keeps arrivals. */
    private static final int ARRIVALS_DAYS = 14;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Days that settled rows are kept. Default: that of the option lakeDays.")
    private @Nullable Integer days;

    @Option(
            names = "--purge",
            description = "With --stack: also rewrites the files that erasures touched.")
    private boolean purge;

    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    private final InstantSource clock;

    LakeSettleCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (lake.outputs().isPresent()) {
            return start(lake.outputs().get());
        }
        int kept = days == null ? StackSettings.of(Map.of()).get(StackOptions.LAKE_DAYS) : days;
        Instant begun = clock.instant();
        Night night = lake.with(opened -> settle(opened, begun, kept));
        FolderLake.Settled settled = night.settled();
        boolean told = night.told();
        output.result(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("inserted", settled.inserted())
                        .put("erased", settled.erased())
                        .put("rewritten", settled.rewritten())
                        .put("expired", settled.expired())
                        .put("erasuresTold", told),
                "%,d rows inserted, %,d rows of erased people removed, %,d files written, %,d days removed.%s"
                        .formatted(
                                settled.inserted(),
                                settled.erased(),
                                settled.rewritten(),
                                settled.expired(),
                                told ? " The states of erasures know of it." : ""));
        return 0;
    }

    /**
     * What a run did.
     *
     * @param told whether the states of erasures know of it
     */
    private record Night(FolderLake.Settled settled, boolean told) {}

    private Night settle(FolderLake opened, Instant begun, int kept) {
        long givenUp = opened.recordsGivenUp();
        FolderLake.Settled settled = opened.settle(begun, kept);
        // What was given up may be of a person who was erased: nothing is told before it is taken.
        boolean told = false;
        Optional<LocalLakeBucket> cloud = LocalLakeBucket.of(lake.state());
        if (cloud.isPresent()) {
            try (LocalLakeBucket bucket = cloud.get()) {
                told = givenUp == 0;
                if (told) {
                    bucket.tellErased(begun);
                }
                bucket.storeAnswers(opened, begun);
            }
        }
        return new Night(settled, told);
    }

    private int start(StackOutputs outputs) {
        try (DeployedLake deployed = DeployedLake.of(outputs)) {
            String run = deployed.settle(ARRIVALS_DAYS, purge);
            output.result(
                    JsonNodeFactory.instance.objectNode().put("execution", run),
                    "Started " + run + "; 'freshet lake status --stack' says how it ended.");
        }
        return 0;
    }
}
