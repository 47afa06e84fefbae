package dev.freshet.bench;

import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.NewspaperOptions;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.Progress;
import dev.freshet.cli.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
final class ThawCommand extends Measurement {
    private static final String FUNCTION = "recommend";
    private static final int HISTORY_SECONDS = 10;
    private static final int MEANWHILE_SECONDS = 3;

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

    @Mixin private final NewspaperOptions newspaper = new NewspaperOptions();

    private record Figures(
            int runs,
            int stoppedSeconds,
            int delayMs,
            long seed,
            int faults,
            List<String> reasons,
            Spread answerMs) {}

    @Override
    protected Measured measure() throws InterruptedException, IOException {
        unlessBetween("--runs", runs, 1, 1000);
        unlessBetween("--processes", processes, 1, 20);
        unlessBetween("--stopped", stopped, 5, 3600);
        unlessBetween("--delay", delay, 0, 100);
        Path home = Checkout.find();
        List<Thaw.Answer> answers = new ArrayList<>();
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note)) {
            var _ = newspaper.simulate(scratch, HISTORY_SECONDS, output);
            try (Thaw thaw = new Thaw(clock, output::note);
                    Progress progress = output.progress("First requests", runs)) {
                thaw.start(
                        scratch,
                        home,
                        FunctionPackage.definition(home, FUNCTION),
                        processes,
                        Duration.ofMillis(delay),
                        this::event);
                while (answers.size() < runs) {
                    int before = answers.size();
                    answers.addAll(
                            thaw.freeze(
                                    Duration.ofSeconds(stopped),
                                    () -> newspaper.simulate(scratch, MEANWHILE_SECONDS, output),
                                    this::event,
                                    done -> progress.at(before + done)));
                }
            }
        }
        return report(answers);
    }

    private String event(String requestId) {
        return FirstAnswer.event(RequestLoad.body(newspaper.users(clock).getFirst()), requestId);
    }

    private Measured report(List<Thaw.Answer> answers) {
        List<String> faults = answers.stream().flatMap(answer -> answer.fault().stream()).toList();
        Spread took = Spread.of(answers.stream().map(Thaw.Answer::took));
        int asked = answers.size();
        Figures figures =
                new Figures(asked, stopped, delay, newspaper.seed(), faults.size(), faults, took);
        Measured measured =
                new Measured(figures, new Text())
                        .lines(
                                "{faults} of {runs} first requests after {stoppedSeconds} s without"
                                        + " a good answer",
                                "answered after {/answerMs/median} ms in the median, {/answerMs/min}"
                                        + " to {/answerMs/max}");
        faults.forEach(fault -> measured.text().add("%s", fault));
        return measured;
    }
}
