package dev.freshet.cli.cost;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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

    @Option(
            names = "-c",
            paramLabel = "NAME=VALUE",
            description = "Option of both stacks, as for cdk deploy; may be repeated.")
    private Map<String, String> options = new HashMap<>();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Workload> profiles = profiles();
        MeasuredUnits units = MeasuredUnits.load();
        PriceList prices = PriceList.load();
        output.note("Synthesizing a dev stack, a prod stack, and one with an HTTP API.");
        CostReport report =
                new CostReport(
                        new CostModel(template("dev", "rest"), units, prices),
                        new CostModel(template("prod", "rest"), units, prices),
                        new CostModel(template("prod", "http"), units, prices),
                        profiles,
                        prices);
        return output.result(report.toJson(), report.toText());
    }

    private StackTemplate template(String stage, String entrance) throws InterruptedException {
        Map<String, String> context = new HashMap<>(options);
        context.put("stage", stage);
        context.put("entrance", entrance);
        return StackTemplate.synthesized(stage + "-" + entrance, context);
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
}
