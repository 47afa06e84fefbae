package dev.freshet.cli.cost;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet scale}: what a stack needs for a load. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = "Says what a stack needs for a load, and which step of growth applies.")
public final class ScaleCommand implements Callable<Integer> {
    private static final String USUAL_ITEMS = "41000";

    @Override
    public Integer call() {
        throw new CommandException("Name what to do: 'freshet scale plan'.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Computes from the synthesized template of a prod stack, list prices and measured"
                        + " units what a load demands: shards, instances, quotas to ask for, warm"
                        + " throughput and the bill of a month.",
                "Names each limit that the load exceeds, and the step of docs/deploy.md that lifts"
                        + " it."
            })
    int plan(
            @Option(
                            names = "--events",
                            required = true,
                            paramLabel = "N",
                            description = "Events a second.")
                    double events,
            @Option(
                            names = "--recommendations",
                            required = true,
                            paramLabel = "M",
                            description = "Recommendations a second.")
                    double recommendations,
            @Option(
                            names = "--items",
                            paramLabel = "K",
                            defaultValue = USUAL_ITEMS,
                            description = "Items of the catalogue. Default: ${DEFAULT-VALUE}.")
                    long items,
            @Option(
                            names = "-c",
                            paramLabel = "NAME=VALUE",
                            description =
                                    "Option of the stack, as for cdk deploy; may be repeated.")
                    @Nullable Map<String, String> options,
            @Mixin Output output)
            throws InterruptedException {
        try {
            Workload load = Workload.of(events, recommendations);
            ScalePlan.requireItems(items);
            Map<String, String> context =
                    new HashMap<>(Objects.requireNonNullElse(options, Map.of()));
            context.put("stage", "prod");
            ScalePlan plan =
                    ScalePlan.of(
                            StackTemplate.synthesized("scale", context),
                            MeasuredUnits.load(),
                            PriceList.load(),
                            load,
                            items);
            return output.result(plan.toJson(), plan.toText());
        } catch (IllegalArgumentException notAllowed) {
            throw new CommandException(String.valueOf(notAllowed.getMessage()));
        }
    }
}
