package dev.freshet.bench.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.access.AuthenticatorTimings.AccessMode;
import dev.freshet.bench.access.KeyComparison.Guess;
import dev.freshet.bench.setup.CommandChecks;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.demo.Latencies;
import dev.freshet.local.Options;
import dev.freshet.local.template.TemplateReader;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet bench access}: measures the cost of a key, and whether the time of its
 * comparison leaks information.
 */
@Command(
        name = "access",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the time that a key adds to a request, with and without the authorizer's answer"
                    + " cached, alternating in one run.",
            "Then tests whether the time of refusing a wrong key reveals how much of it is right."
        })
public final class AccessCommand implements Callable<Integer> {
    private static final int WARM_UP = 500;
    private static final int ROUNDS = 3;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Requests to each of the three gateways. Default: ${DEFAULT-VALUE}.")
    private int requests = 3_000;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Number of key comparisons. Default: ${DEFAULT-VALUE}.")
    private int samples = 400_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Random seed. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() {
        CommandChecks.unlessBetween("--requests", requests, 100, 100_000);
        CommandChecks.unlessBetween("--samples", samples, 1_000, 10_000_000);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "access").put("requests", requests).put("samples", samples);
        String text = costs(json) + System.lineSeparator() + leaks(json);
        Surroundings machine = Surroundings.now(clock.instant());
        machine.writeTo(json);
        output.result(json, text + System.lineSeparator() + machine.toText());
        return 0;
    }

    private String costs(ObjectNode json) {
        Map<AccessMode, Latencies> taken;
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note);
                AuthenticatorTimings timings =
                        new AuthenticatorTimings(
                                scratch.cloud(),
                                TemplateReader.read(Options.of(Checkout.find()).template()),
                                clock,
                                output::note);
                Progress progress = output.progress("Requests", requests)) {
            timings.ask(WARM_UP, done -> {});
            taken = timings.ask(requests, progress::at);
        }
        double open = Objects.requireNonNull(taken.get(AccessMode.OPEN)).millis(50);
        StringBuilder text = new StringBuilder("One request at a time, milliseconds:");
        for (Map.Entry<AccessMode, Latencies> each : taken.entrySet()) {
            double p50 = each.getValue().millis(50);
            double p99 = each.getValue().millis(99);
            json.withObject("/modes")
                    .putObject(each.getKey().name().toLowerCase(Locale.ROOT))
                    .put("p50", p50)
                    .put("p99", p99)
                    .put("addsP50", p50 - open)
                    .put("ratioP50", p50 / open);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%n%-24s p50 %.3f  p99 %.3f  adds %+.3f at p50 (× %.2f)",
                            each.getKey().label(),
                            p50,
                            p99,
                            p50 - open,
                            p50 / open));
        }
        return text.toString();
    }

    private String leaks(ObjectNode json) {
        KeyComparison keys = new KeyComparison(new SplittableRandom(seed), clock.instant());
        TimingLeak leak = new TimingLeak(System::nanoTime, new SplittableRandom(seed));
        double byPosition = 0;
        double byExistence = 0;
        for (int round = 0; round < ROUNDS; round++) { // all rounds except the last are warm-up
            byPosition = difference(leak, keys.wrongAtOnce(), keys.wrongAtLast());
            byExistence = difference(leak, keys.wrongAtLast(), keys.unknown());
        }
        json.putObject("timing")
                .put("firstOrLastWrong", byPosition)
                .put("knownOrUnknown", byExistence)
                .put("seenFrom", TimingLeak.SIGNIFICANT);
        return String.format(
                Locale.ROOT,
                "Wrong keys, difference in standard errors (significant from %.1f): first or"
                        + " last character wrong %+.1f, id known or unknown %+.1f",
                TimingLeak.SIGNIFICANT,
                byPosition,
                byExistence);
    }

    private double difference(TimingLeak leak, Guess one, Guess other) {
        TimingLeak.Seen seen = leak.between(Guess::matches, one, other, samples);
        if (seen.trueResults() != 0) {
            throw new IllegalStateException("a wrong key was accepted");
        }
        return seen.t();
    }
}
