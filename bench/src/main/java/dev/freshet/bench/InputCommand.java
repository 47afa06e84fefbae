package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.input.FilterCost;
import dev.freshet.bench.input.FilteredListCost;
import dev.freshet.bench.input.ProcessorTime;
import dev.freshet.bench.input.UserAgentCost;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.cli.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code freshet bench input}: measures the most expensive input of the API. */
@Command(
        name = "input",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the processor time of the most expensive requests: filters of many conditions,"
                    + " and events with many different user agents.",
            "Runs in this process, without a local cloud."
        })
final class InputCommand extends Measurement {
    private static final int MAX_ROUNDS = 10_000;
    private static final int SHORT_NAME = 20;
    private static final int LONG_NAME = 245;
    private static final int LIST_CONDITIONS = 50;

    /** Lists measured for each round of the other measurements. */
    private static final int LIST_ROUNDS = 100;

    @Option(
            names = "--conditions",
            paramLabel = "N",
            description = "Conditions of the filter. Default: ${DEFAULT-VALUE}.")
    private int conditions = 200;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Items of the catalogue. Default: ${DEFAULT-VALUE}.")
    private int items = 20_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Rounds of each measurement, of which the second half is reported. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int rounds = 40;

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final Text text = new Text();

    @Override
    protected Measured measure() {
        unlessBetween("--conditions", conditions, 1, 200);
        unlessBetween("--items", items, 1, 1_000_000);
        unlessBetween("--rounds", rounds, 2, MAX_ROUNDS);
        json.put("conditions", conditions).put("items", items).put("rounds", rounds);
        text.add("%-44s%10s%10s%10s", "ms of processor", "first", "p50", "max");
        for (int attributes : new int[] {0, 5, 50}) {
            FilterCost cost = new FilterCost(items, attributes);
            add(
                    "filter-" + attributes + "-attributes",
                    cost.measure(conditions, SHORT_NAME, rounds));
            if (attributes == 5) {
                add("filter-long-names", cost.measure(conditions, LONG_NAME, rounds));
            }
        }
        lists();
        for (UserAgentCost.Form form : UserAgentCost.Form.values()) {
            add("agents-" + form.word(), new UserAgentCost().measure(form, rounds));
        }
        return new Measured(json, text);
    }

    /** Measures recommendations with and without a filter of fifty conditions, in turns. */
    private void lists() {
        ProcessorTime.Pairs pairs =
                new FilteredListCost(items).measure(LIST_CONDITIONS, LIST_ROUNDS * rounds);
        double p50 = pairs.without(0.5);
        double p99 = pairs.without(0.99);
        double filteredP50 = pairs.with(0.5);
        double filteredP99 = pairs.with(0.99);
        json.putObject("lists")
                .put("conditions", LIST_CONDITIONS)
                .put("p50", p50)
                .put("p99", p99)
                .put("filteredP50", filteredP50)
                .put("filteredP99", filteredP99);
        text.add("%-44s%10s%10.2f%10.2f", "list: p50, p99", "", p50, p99);
        String under = "list under " + LIST_CONDITIONS + " conditions: p50, p99";
        text.add("%-44s%10s%10.2f%10.2f", under, "", filteredP50, filteredP99);
    }

    private void add(String name, ProcessorTime time) {
        json.putPOJO(name, time);
        text.add("%-44s%10.2f%10.2f%10.2f", name, time.first(), time.p50(), time.max());
    }
}
