package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.jmh.NeighboursCost;
import dev.freshet.bench.setup.CommandChecks;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.Output;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code freshet bench neighbours}: measures what neighbours of items cost. */
@Command(
        name = "neighbours",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the memory that the neighbours of a batch job take, and the processor time"
                    + " that they add to a recommendation.",
            "Runs in this process, without a local cloud; a model of the catalogue is learned first."
        })
final class NeighboursCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Items of the catalogue. Default: ${DEFAULT-VALUE}.")
    private int items = 1_000_000;

    @Option(
            names = "--interactions",
            paramLabel = "N",
            description = "Interactions that the model learns. Default: ${DEFAULT-VALUE}.")
    private int interactions = 400_000;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description =
                    "Pairs of requests, of which the second half is reported. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int requests = 8_000;

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() {
        CommandChecks.unlessBetween("--items", items, 1_000, 1_000_000);
        CommandChecks.unlessBetween("--interactions", interactions, 1_000, 4_000_000);
        CommandChecks.unlessBetween("--requests", requests, 2, 1_000_000);
        output.note("A model of " + items + " items is learned …");
        NeighboursCost cost = new NeighboursCost(items, interactions);
        NeighboursCost.Cost measured = cost.measure(requests);
        Surroundings machine = Surroundings.now(clock.instant());
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bench", "neighbours")
                        .put("items", items)
                        .put("interactions", interactions)
                        .put("requests", requests)
                        .put("fileBytes", cost.fileBytes())
                        .put("heapBytes", measured.bytes())
                        .put("p50", measured.p50())
                        .put("p99", measured.p99())
                        .put("withP50", measured.withP50())
                        .put("withP99", measured.withP99())
                        .put("added", measured.added());
        machine.writeTo(json);
        String text =
                String.format(
                        Locale.ROOT,
                        """
                        memory of the table            %10.1f MB (file %.1f)
                        a recommendation without it    %10.2f ms p50 %10.2f ms p99
                        a recommendation with it       %10.2f ms p50 %10.2f ms p99
                        added to a request, median     %10.2f ms
                        """,
                        measured.bytes() / MEGABYTE,
                        cost.fileBytes() / MEGABYTE,
                        measured.p50(),
                        measured.p99(),
                        measured.withP50(),
                        measured.withP99(),
                        measured.added());
        output.result(json, text + machine.toText());
        return 0;
    }
}
