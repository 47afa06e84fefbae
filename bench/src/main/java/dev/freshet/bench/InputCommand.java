package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.input.FilterCost;
import dev.freshet.bench.input.FilteredListCost;
import dev.freshet.bench.input.ProcessorTime;
import dev.freshet.bench.input.UserAgentCost;
import dev.freshet.bench.setup.CommandChecks;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.Output;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
final class InputCommand implements Callable<Integer> {
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

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final List<String> text = new ArrayList<>();

    @Override
    public Integer call() {
        CommandChecks.unlessBetween("--conditions", conditions, 1, 200);
        CommandChecks.unlessBetween("--items", items, 1, 1_000_000);
        CommandChecks.unlessBetween("--rounds", rounds, 2, MAX_ROUNDS);
        json.put("bench", "input")
                .put("conditions", conditions)
                .put("items", items)
                .put("rounds", rounds);
        text.add(
                String.format(
                        Locale.ROOT,
                        "%-44s%10s%10s%10s",
                        "ms of processor",
                        "first",
                        "p50",
                        "max"));
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
        Surroundings machine = Surroundings.now(clock.instant());
        machine.writeTo(json);
        text.add(machine.toText());
        output.result(json, String.join(System.lineSeparator(), text));
        return 0;
    }

    /** Measures recommendations with and without a filter of fifty conditions, in turns. */
    private void lists() {
        FilteredListCost.Cost cost =
                new FilteredListCost(items).measure(LIST_CONDITIONS, LIST_ROUNDS * rounds);
        json.putObject("lists")
                .put("conditions", LIST_CONDITIONS)
                .put("p50", cost.p50())
                .put("p99", cost.p99())
                .put("filteredP50", cost.filteredP50())
                .put("filteredP99", cost.filteredP99());
        text.add(
                String.format(
                        Locale.ROOT,
                        "%-44s%10s%10.2f%10.2f",
                        "list: p50, p99",
                        "",
                        cost.p50(),
                        cost.p99()));
        text.add(
                String.format(
                        Locale.ROOT,
                        "%-44s%10s%10.2f%10.2f",
                        "list under " + LIST_CONDITIONS + " conditions: p50, p99",
                        "",
                        cost.filteredP50(),
                        cost.filteredP99()));
    }

    private void add(String name, ProcessorTime time) {
        json.putObject(name)
                .put("first", time.first())
                .put("p50", time.median())
                .put("max", time.max());
        text.add(
                String.format(
                        Locale.ROOT,
                        "%-44s%10.2f%10.2f%10.2f",
                        name,
                        time.first(),
                        time.median(),
                        time.max()));
    }
}
