package dev.freshet.bench;

import dev.freshet.bench.input.FilterCost;
import dev.freshet.bench.input.FilteredListCost;
import dev.freshet.bench.input.ProcessorTime;
import dev.freshet.bench.input.UserAgentCost;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.console.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final String HEADING =
            "ms of processor                                  first       p50       max";

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>(List.of(HEADING));

    /** Lists without a filter, and under one. */
    private record Lists(
            int conditions, double p50, double p99, double filteredP50, double filteredP99) {}

    @Override
    protected Measured measure() {
        unlessBetween("--conditions", conditions, 1, 200);
        unlessBetween("--items", items, 1, 1_000_000);
        unlessBetween("--rounds", rounds, 2, MAX_ROUNDS);
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
        return measured(figures, new Text()).lines(lines.toArray(String[]::new));
    }

    /** Measures recommendations with and without a filter of fifty conditions, in turns. */
    private void lists() {
        ProcessorTime.Pairs pairs =
                new FilteredListCost(items).measure(LIST_CONDITIONS, LIST_ROUNDS * rounds);
        figures.put(
                "lists",
                new Lists(
                        LIST_CONDITIONS,
                        pairs.without(0.5),
                        pairs.without(0.99),
                        pairs.with(0.5),
                        pairs.with(0.99)));
        String row = "%-54s{/lists/%s:10.2f}{/lists/%s:10.2f}";
        lines.add(row.formatted("list: p50, p99", "p50", "p99"));
        String under = "list under " + LIST_CONDITIONS + " conditions: p50, p99";
        lines.add(row.formatted(under, "filteredP50", "filteredP99"));
    }

    private void add(String name, ProcessorTime time) {
        figures.put(name, time);
        lines.add("%1$-44s{/%1$s/first:10.2f}{/%1$s/p50:10.2f}{/%1$s/max:10.2f}".formatted(name));
    }
}
