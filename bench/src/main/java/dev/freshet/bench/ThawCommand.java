package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.setup.CommandChecks;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.demo.DemoRun;
import dev.freshet.generator.Newspaper;
import dev.freshet.generator.SimulatedUser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet bench thaw}: counts degraded recommendations among first requests
 * after a freeze.
 */
@Command(
        name = "thaw",
        mixinStandardHelpOptions = true,
        description = {
            "Counts degraded recommendations among first requests after a freeze: the packaged"
                    + " function under AWS's runtime interface client is stopped, its connections are"
                    + " cut, and it goes on with one request, by TLS and with a network delay.",
            "The model gets new versions meanwhile."
        })
final class ThawCommand implements Callable<Integer> {
    private static final String FUNCTION = "recommend";
    private static final int HISTORY_SECONDS = 10;
    private static final int MEANWHILE_SECONDS = 3;
    private static final double RATE = 50;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "First requests, at least. Default: ${DEFAULT-VALUE}.")
    private int runs = 20;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Processes that are frozen at a time. Default: ${DEFAULT-VALUE}.")
    private int processes = 5;

    @Option(
            names = "--stopped",
            paramLabel = "SECONDS",
            description = "Duration of each freeze. Default: ${DEFAULT-VALUE}.")
    private int stopped = 120;

    @Option(
            names = "--delay",
            paramLabel = "MS",
            description = "Delay of the network in each direction. Default: ${DEFAULT-VALUE}.")
    private int delay = 5;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the newspaper and its users. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws InterruptedException, IOException {
        CommandChecks.unlessBetween("--runs", runs, 1, 1000);
        CommandChecks.unlessBetween("--processes", processes, 1, 20);
        CommandChecks.unlessBetween("--stopped", stopped, 5, 3600);
        CommandChecks.unlessBetween("--delay", delay, 0, 100);
        Path home = Checkout.find();
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
            simulate(scratch, HISTORY_SECONDS);
            List<Thaw.Answer> answers = new ArrayList<>();
            try (Thaw thaw = new Thaw(clock, output::note);
                    Progress progress = output.progress("First requests", runs)) {
                thaw.start(
                        scratch,
                        home,
                        TemplateFunction.definition(home, FUNCTION),
                        processes,
                        Duration.ofMillis(delay),
                        this::event);
                while (answers.size() < runs) {
                    int before = answers.size();
                    answers.addAll(
                            thaw.freeze(
                                    Duration.ofSeconds(stopped),
                                    () -> simulate(scratch, MEANWHILE_SECONDS),
                                    this::event,
                                    done -> progress.at(before + done)));
                }
            }
            report(answers, Surroundings.now(clock.instant()));
        }
        return 0;
    }

    private void simulate(ScratchCloud scratch, int seconds) throws InterruptedException {
        try (Progress progress = output.progress("Simulating users, seconds", seconds)) {
            var _ = scratch.demo(seed, seconds, RATE, progress::at);
        }
    }

    private String event(String requestId) {
        SimulatedUser user = Newspaper.of(seed, DemoRun.USERS, clock.instant()).users().getFirst();
        return FirstAnswer.event(RequestLoad.body(user), requestId);
    }

    private void report(List<Thaw.Answer> answers, Surroundings machine) {
        List<String> faults = answers.stream().flatMap(answer -> answer.fault().stream()).toList();
        Spread took = Spread.of(answers.stream().map(Thaw.Answer::took).toList());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "thaw")
                .put("runs", answers.size())
                .put("stoppedSeconds", stopped)
                .put("delayMs", delay)
                .put("seed", seed)
                .put("faults", faults.size());
        faults.forEach(json.putArray("reasons")::add);
        json.set("answerMs", took.toJson());
        machine.writeTo(json);
        String text =
                String.format(
                        Locale.ROOT,
                        "%d of %d first requests after %d s without a good answer%n"
                                + "answered after %d ms in the median, %d to %d%n%s%s",
                        faults.size(),
                        answers.size(),
                        stopped,
                        took.median(),
                        took.min(),
                        took.max(),
                        faults.isEmpty()
                                ? ""
                                : String.join(System.lineSeparator(), faults)
                                        + System.lineSeparator(),
                        machine.toText());
        output.result(json, text);
    }
}
