package dev.freshet.cli.batch;

import dev.freshet.cli.Output;
import dev.freshet.cli.connection.StackNameOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet batch start}: runs the batch jobs of a stack now. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a run of the batch jobs of a stack on AWS, and follows it to its end. Nothing runs if"
                    + " a run is under way.",
            "The run waits for the night of the lake if none ended within the last day. Interrupting this"
                    + " command leaves the run alone."
        })
final class StartCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    /** Looks between two lines that say how long the run takes. */
    private static final int LOOKS_OF_LINE = 8;

    @Option(names = "--no-wait", description = "Ends as soon as the run began.")
    private boolean noWait;

    @Mixin private final StackNameOption stack = new StackNameOption();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        try (DeployedBatch batch = DeployedBatch.of(BatchCommand.outputs(stack))) {
            DeployedBatch.Run run = batch.start();
            output.note("Started " + run.execution() + ".");
            if (!noWait) {
                run = followed(batch, run);
            }
            output.result(BatchCommand.json(run), BatchCommand.text(run));
            return run.isRunning() || run.succeeded() ? 0 : 1;
        }
    }

    private DeployedBatch.Run followed(DeployedBatch batch, DeployedBatch.Run started)
            throws InterruptedException {
        InstantSource clock = InstantSource.system();
        DeployedBatch.Run run = started;
        for (int looks = 1; run.isRunning(); looks++) {
            Thread.sleep(BETWEEN_LOOKS);
            run = batch.run(run.execution());
            if (looks % LOOKS_OF_LINE == 0 && run.isRunning()) {
                output.note(
                        "Running for %,d minutes."
                                .formatted(run.takes(clock.instant()).toMinutes()));
            }
        }
        return run;
    }
}
