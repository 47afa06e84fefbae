package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.connection.ApiOptions;
import dev.freshet.console.Text;
import dev.freshet.json.CsvCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet outcomes}: one call of {@code GET /v1/insights/outcomes}. */
@Command(
        name = "outcomes",
        mixinStandardHelpOptions = true,
        description =
                "Reports lists shown, clicks, conversions and revenue, by day, placement, arm of an"
                        + " experiment, source or position.")
public final class OutcomesCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "First day in UTC, such as 2026-11-24. Default: a week before the last.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day in UTC. Default: today.")
    private @Nullable String to;

    @Option(
            names = "--placement",
            paramLabel = "NAME",
            description = "Only lists of this placement.")
    private @Nullable String placement;

    @Option(
            names = "--arm",
            paramLabel = "NAME",
            description = "Only lists of this arm of an experiment.")
    private @Nullable String arm;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description =
                    "What to break down by: of day, placement, arm and either source or position,"
                            + " separated by commas; or hour alone, for the latest eight days of a"
                            + " --placement or of all; or segment of users, with day or alone. Default: ${DEFAULT-VALUE}.")
    private String by = "day,placement";

    @Option(names = "--csv", description = "Print the rows as comma-separated values.")
    private boolean csv;

    @Mixin private final ApiOptions api = new ApiOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        String path =
                "/v1/insights/outcomes?by="
                        + FreshetClient.segment(by)
                        + FreshetClient.parameter("from", from)
                        + FreshetClient.parameter("to", to)
                        + FreshetClient.parameter("placement", placement)
                        + FreshetClient.parameter("arm", arm);
        JsonNode answer = api.get(path).body();
        if (csv && !api.output().json()) {
            spec.commandLine().getOut().print(Text.printable(OutcomesText.csv(answer)));
            spec.commandLine().getOut().flush();
        } else {
            api.print(answer, OutcomesText.table(answer));
        }
        return 0;
    }

    /** Renders outcomes as a table for people and as comma-separated values. */
    static final class OutcomesText {
        private static final List<String> NUMBERS =
                List.of(
                        "lists",
                        "places",
                        "explored",
                        "listsClicked",
                        "clicks",
                        "lateClicks",
                        "conversions",
                        "hides");
        private static final List<String> RATES = List.of("listCtr", "placeCtr");
        private static final List<String> MONEY = List.of("revenue", "revenuePerThousandLists");

        private OutcomesText() {}

        /** Returns the rows as a table, and below it what belongs to no list. */
        static String table(JsonNode answer) {
            List<List<String>> cells = cells(answer, true);
            if (cells.size() == 1) {
                return Text.filled(answer, "No list was shown from {from} to {to}.")
                        + "\n"
                        + rest(answer);
            }
            Text text = new Text().addTable(cells, dimensions(answer).size());
            if (answer.has("note")) {
                text.add("%s", answer.path("note").asText());
            }
            return text.add("%s", rest(answer)).toString();
        }

        private static String rest(JsonNode answer) {
            return Text.filled(
                    answer,
                    "unseen clicks {unseenClicks:,d}; without a token: {/unattributed/lists:,d} lists,"
                            + " {/unattributed/clicks:,d} clicks, {/unattributed/conversions:,d}"
                            + " conversions; model version {/asOf/modelVersion:,d}");
        }

        /** Returns the rows as lines of comma-separated values, with a line of names first. */
        static String csv(JsonNode answer) {
            StringBuilder text = new StringBuilder();
            for (List<String> row : cells(answer, false)) {
                text.append(String.join(",", row.stream().map(OutcomesText::quoted).toList()))
                        .append('\n');
            }
            return text.toString();
        }

        /** Quotes a cell where needed, and keeps a spreadsheet from reading it as a formula. */
        private static String quoted(String cell) {
            boolean isNumber = cell.matches("-?[0-9]+(\\.[0-9]+)?");
            return CsvCell.quoted(isNumber ? cell : CsvCell.guarded(cell));
        }

        private static List<String> dimensions(JsonNode answer) {
            return Text.texts(answer.path("by"), "");
        }

        private static List<List<String>> cells(JsonNode answer, boolean forPeople) {
            JsonNode rows = answer.path("rows");
            Set<String> currencies = new LinkedHashSet<>();
            rows.forEach(row -> row.path("revenue").fieldNames().forEachRemaining(currencies::add));
            String whole = forPeople ? "%,d" : "%d";
            Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
            for (String name : dimensions(answer)) {
                columns.put(name, row -> name(row.path(name), forPeople));
            }
            for (String name : present(answer, NUMBERS)) {
                columns.put(name, row -> whole.formatted(row.path(name).asLong()));
            }
            for (String name : present(answer, RATES)) {
                columns.put(name, row -> rate(row.path(name), forPeople));
            }
            for (String money : MONEY) {
                for (String each : currencies) {
                    columns.put(money + " " + each, row -> amount(row.path(money).path(each)));
                }
            }
            columns.put("final", row -> isFinal(row.path("final"), forPeople));
            List<List<String>> cells = new ArrayList<>();
            cells.add(List.copyOf(columns.keySet()));
            rows.forEach(
                    row -> cells.add(columns.values().stream().map(c -> c.apply(row)).toList()));
            return cells;
        }

        private static List<String> present(JsonNode answer, List<String> names) {
            return names.stream()
                    .filter(name -> answer.path("rows").findValue(name) != null)
                    .toList();
        }

        private static String amount(JsonNode value) {
            return value.isMissingNode()
                    ? ""
                    : String.format(Locale.ROOT, "%.2f", value.asDouble());
        }

        private static String name(JsonNode value, boolean forPeople) {
            return forPeople && value.asText().isEmpty() ? "–" : value.asText();
        }

        private static String isFinal(JsonNode value, boolean forPeople) {
            return !forPeople ? value.asText() : value.asBoolean() ? "yes" : "no";
        }

        private static String rate(JsonNode value, boolean forPeople) {
            if (value.isMissingNode()) {
                return forPeople ? "–" : "";
            }
            return forPeople
                    ? String.format(Locale.ROOT, "%.2f %%", 100 * value.asDouble())
                    : value.asText();
        }
    }
}
