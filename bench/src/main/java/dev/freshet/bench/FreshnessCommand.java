package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.bench.setup.CommandChecks;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.demo.DemoSummary;
import dev.freshet.demo.Latencies;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet bench freshness}: measures how soon a recommendation includes an
 * accepted event.
 */
@Command(
        name = "freshness",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how soon an accepted event is included in the recommendations of its user,"
                    + " and, through the model, in those of all users.",
            "Simulated users act at a steady rate; times run from the 202 response at the client.",
            "With --pairs it compares clouds with a lake, which reads the stream of events as well, to"
                    + " clouds without."
        })
final class FreshnessCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_RATE = 1000;
    private static final int MAX_PAIRS = 50;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Duration of the simulation. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS_PER_S",
            description = "Total events per second of all users. Default: ${DEFAULT-VALUE}.")
    private double rate = 50;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the newspaper and its users. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description =
                    "Runs N clouds with a lake and N without in turn, the two of a pair with one seed.")
    private int pairs;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException {
        CommandChecks.unlessBetween("--seconds", seconds, 1, MAX_SECONDS);
        if (!(rate > 0 && rate <= MAX_RATE)) {
            throw new CommandException("--rate must be above 0 and at most " + MAX_RATE + ".");
        }
        CommandChecks.unlessBetween("--pairs", pairs, 0, MAX_PAIRS);
        if (pairs > 0) {
            compare();
            return 0;
        }
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note);
                Progress progress = output.progress("Simulating users, seconds", seconds)) {
            DemoSummary summary = scratch.demo(seed, seconds, rate, progress::at);
            report(summary, Surroundings.now(clock.instant()));
        }
        return 0;
    }

    /** Runs pairs, of which every other one begins with the lake. */
    private void compare() throws InterruptedException {
        FreshnessPairs compared = new FreshnessPairs();
        for (int i = 0; i < pairs; i++) {
            boolean lakeFirst = i % 2 == 1;
            Run first = run(seed + i, lakeFirst);
            Run second = run(seed + i, !lakeFirst);
            Run with = lakeFirst ? first : second;
            compared.add(
                    seed + i,
                    (lakeFirst ? second : first).freshness(),
                    with.freshness(),
                    Surroundings.now(clock.instant()).load(),
                    with.arrivals());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "freshness").put("seconds", seconds).put("rate", rate).put("seed", seed);
        json.setAll(compared.toJson());
        Surroundings machine = Surroundings.now(clock.instant());
        machine.writeTo(json);
        output.result(json, compared.toText() + System.lineSeparator() + machine.toText());
    }

    private record Run(Latencies freshness, long arrivals) {}

    private Run run(long ofSeed, boolean lake) throws InterruptedException {
        StackSettings settings = StackSettings.of(lake ? Map.of("lake", "true") : Map.of());
        try (ScratchCloud scratch = new ScratchCloud(settings, clock, output::note);
                Progress progress =
                        output.progress(
                                "Seed %d %s a lake, seconds"
                                        .formatted(ofSeed, lake ? "with" : "without"),
                                seconds)) {
            DemoSummary summary = scratch.demo(ofSeed, seconds, rate, progress::at);
            return new Run(summary.userFreshness(), lake ? scratch.arrivals() : 0);
        }
    }

    private void report(DemoSummary summary, Surroundings machine) {
        Distribution user = Distribution.of(summary.userFreshness());
        Distribution model = Distribution.of(summary.modelFreshness());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "freshness").put("seconds", seconds).put("rate", rate).put("seed", seed);
        json.set("userFreshnessMs", user.toJson());
        json.set("modelFreshnessMs", model.toJson());
        json.put("eventsAccepted", summary.eventsAccepted())
                .put("lost", summary.lost())
                .put("duplicated", summary.duplicated())
                .put("unseen", summary.unseen());
        machine.writeTo(json);
        String text =
                String.join(
                        System.lineSeparator(),
                        Distribution.HEADING,
                        user.toText("same user"),
                        model.toText("all users (model)"),
                        "%,d events accepted; %d lost, %d duplicated, %d never seen"
                                .formatted(
                                        summary.eventsAccepted(),
                                        summary.lost(),
                                        summary.duplicated(),
                                        summary.unseen()),
                        machine.toText());
        output.result(json, text);
    }
}
