package dev.freshet.bench;

import dev.freshet.bench.input.ProcessorTime;
import dev.freshet.bench.jmh.NeighboursCost;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.console.Text;
import picocli.CommandLine.Command;
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
final class NeighboursCommand extends Measurement {
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

    private record Figures(
            long fileBytes,
            long heapBytes,
            double p50,
            double p99,
            double withP50,
            double withP99,
            double added) {}

    @Override
    protected Measured measure() {
        unlessBetween("--items", items, 1_000, 1_000_000);
        unlessBetween("--interactions", interactions, 1_000, 4_000_000);
        unlessBetween("--requests", requests, 2, 1_000_000);
        output.note("A model of " + items + " items is learned …");
        NeighboursCost cost = new NeighboursCost(items, interactions);
        NeighboursCost.Cost measured = cost.measure(requests);
        ProcessorTime.Pairs pairs = measured.pairs();
        Figures figures =
                new Figures(
                        cost.fileBytes(),
                        measured.bytes(),
                        pairs.without(0.5),
                        pairs.without(0.99),
                        pairs.with(0.5),
                        pairs.with(0.99),
                        pairs.added(0.5));
        Text text = new Text();
        text.add(
                "memory of the table            %10.1f MB (file %.1f)",
                figures.heapBytes / MEGABYTE, figures.fileBytes / MEGABYTE);
        return measured(figures, text)
                .lines(
                        "a recommendation without it    {p50:10.2f} ms p50 {p99:10.2f} ms p99",
                        "a recommendation with it       {withP50:10.2f} ms p50 {withP99:10.2f} ms"
                                + " p99",
                        "added to a request, median     {added:10.2f} ms");
    }
}
