package dev.freshet.cli.cost;

import dev.freshet.cli.connection.GivenOptions;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet cost}: the bill of a stack by its template, list prices and measured units. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description = {
            "Computes what a stack costs in a month, idle and in use, from its synthesized"
                    + " template, AWS's list prices and units measured on the local cloud.",
            "Without a load it reports 1, 100 and 10,000 events a second, with one recommendation"
                    + " to five events."
        })
public final class CostCommand implements Callable<Integer> {

    @Option(
            names = "--events-per-second",
            paramLabel = "N",
            description = "Events that a prod stack accepts, instead of the usual three loads.")
    private @Nullable Double eventsPerSecond;

    @Option(
            names = "--recommendations-per-second",
            paramLabel = "N",
            description = "Recommendations beside them. Default: one to five events.")
    private @Nullable Double recommendationsPerSecond;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description =
                    "JSON object with eventsPerSecond, recommendationsPerSecond, eventsPerRequest,"
                            + " impressionShare and outcomeShare, or an object of several by their names.")
    private @Nullable Path profile;

    @Mixin private final GivenOptions options = new GivenOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Workload> profiles = profiles();
        Map<String, StackTemplate> stacks =
                StackTemplate.synthesized(
                        Map.of(
                                "dev",
                                options.texts().isEmpty()
                                        ? Map.of()
                                        : with(Map.of("stage", "dev", "entrance", "rest")),
                                "prod",
                                with(Map.of("stage", "prod", "entrance", "rest")),
                                "prod-http",
                                with(Map.of("stage", "prod", "entrance", "http"))),
                        output::note);
        PriceList prices = PriceList.load();
        CostReport report =
                new CostReport(
                        model(stacks, "dev", prices),
                        model(stacks, "prod", prices),
                        model(stacks, "prod-http", prices),
                        profiles,
                        prices);
        return output.result(report.toJson(), report.toText());
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(options.texts());
        all.putAll(more);
        return all;
    }

    private static CostModel model(
            Map<String, StackTemplate> stacks, String name, PriceList prices) {
        return new CostModel(
                Objects.requireNonNull(stacks.get(name), name), MeasuredUnits.load(), prices);
    }

    private Map<String, Workload> profiles() {
        try {
            if (profile != null) {
                return Workload.profiles(StackTemplate.json(profile));
            }
            if (eventsPerSecond == null && recommendationsPerSecond == null) {
                return CostReport.USUAL;
            }
            double events = eventsPerSecond == null ? 0 : eventsPerSecond;
            double recommendations =
                    recommendationsPerSecond == null ? events / 5 : recommendationsPerSecond;
            return Map.of(Workload.GIVEN, Workload.of(events, recommendations));
        } catch (IllegalArgumentException notAllowed) {
            throw new CommandException(String.valueOf(notAllowed.getMessage()));
        }
    }

    /** {@code freshet scale}: what a stack needs for a load. */
    @Command(
            name = "scale",
            mixinStandardHelpOptions = true,
            description = "Says what a stack needs for a load, and which step of growth applies.")
    public static final class Scale {
        private static final String USUAL_ITEMS = "41000";

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
                @Mixin GivenOptions options,
                @Mixin Output output)
                throws InterruptedException {
            try {
                Workload load = Workload.of(events, recommendations);
                ScalePlan.requireItems(items);
                Map<String, String> context = new HashMap<>(options.texts());
                context.put("stage", "prod");
                StackTemplate stack =
                        Objects.requireNonNull(
                                StackTemplate.synthesized(Map.of("scale", context), output::note)
                                        .get("scale"));
                ScalePlan plan =
                        ScalePlan.of(stack, MeasuredUnits.load(), PriceList.load(), load, items);
                return output.result(plan.toJson(), plan.toText());
            } catch (IllegalArgumentException notAllowed) {
                throw new CommandException(String.valueOf(notAllowed.getMessage()));
            }
        }
    }
}
