package dev.freshet.cli.cost;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet scale plan}: shards, quotas, instances and price of a load. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Computes from the synthesized template of a prod stack, list prices and measured units"
                    + " what a load demands: shards, instances, quotas to ask for, warm throughput"
                    + " and the bill of a month.",
            "Names each limit that the load exceeds, and the step of docs/scale.md that lifts it."
        })
final class ScalePlanCommand implements Callable<Integer> {
    private static final long USUAL_ITEMS = 41_000;

    @Option(names = "--events", required = true, paramLabel = "N", description = "Events a second.")
    private double events;

    @Option(
            names = "--recommendations",
            required = true,
            paramLabel = "M",
            description = "Recommendations a second.")
    private double recommendations;

    @Option(
            names = "--items",
            paramLabel = "K",
            description = "Items of the catalogue. Default: ${DEFAULT-VALUE}.")
    private long items = USUAL_ITEMS;

    @Option(
            names = "-c",
            paramLabel = "NAME=VALUE",
            description = "Option of the stack, as for cdk deploy; may be repeated.")
    private Map<String, String> options = new HashMap<>();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        try {
            Workload load = Workload.of(events, recommendations);
            ScalePlan.requireItems(items);
            Map<String, String> context = new HashMap<>(options);
            context.put("stage", "prod");
            ScalePlan plan =
                    ScalePlan.of(
                            TemplateSource.synthesized("scale", context),
                            MeasuredUnits.load(),
                            PriceList.load(),
                            load,
                            items);
            output.result(plan.toJson(), plan.toText());
            return 0;
        } catch (IllegalArgumentException notAllowed) {
            throw new CommandException(String.valueOf(notAllowed.getMessage()));
        }
    }
}
