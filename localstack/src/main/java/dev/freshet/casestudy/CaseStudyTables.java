package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables of the page.
 *
 * @param figures of a run
 */
record CaseStudyTables(JsonNode figures) {
    private static final int QUERY_ROWS = 5;
    private static final int WIDEST = 40;

    /**
     * Returns a table in Markdown, without an empty line at its end.
     *
     * @throws IllegalStateException if the page has no table of that name
     */
    String table(String name) {
        return switch (name) {
            case "arms" -> arms();
            case "comparison" -> comparison();
            case "queries" -> queries();
            case "removed" -> removed();
            case "reach" -> reach();
            case "steps" -> steps();
            case "bills" -> bills();
            default -> throw new IllegalStateException("The page has no table " + name);
        };
    }

    private String arms() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "arm",
                        "lists",
                        "lists with a hit",
                        "share",
                        "95 %",
                        "hits",
                        "places explored"));
        for (JsonNode row : figures.at("/outcomes/byArm")) {
            rows.add(arm(row.path("arm").asText().replaceFirst(".*:", ""), row));
        }
        rows.add(arm("both", figures.at("/outcomes/total")));
        return markdown(rows);
    }

    private static List<String> arm(String name, JsonNode row) {
        return List.of(
                name,
                FigureForm.PLAIN.text(row.path("lists")),
                FigureForm.PLAIN.text(row.path("listsClicked")),
                row.has("listCtr") ? FigureForm.PERCENT.text(row.path("listCtr")) : "–",
                row.has("interval")
                        ? FigureForm.PERCENT.text(row.at("/interval/lower"))
                                + " to "
                                + FigureForm.PERCENT.text(row.at("/interval/upper"))
                        : "–",
                FigureForm.PLAIN.text(row.path("clicks")),
                FigureForm.PLAIN.text(row.path("explored")));
    }

    /** What the experiment says of its primary metric; a sentence where it says nothing yet. */
    private String comparison() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("arm", "metric", "popular", "arm has", "difference", "conclusion"));
        for (JsonNode arm : figures.at("/experiment/arms")) {
            JsonNode primary = arm.path("primary");
            if (primary.isObject() && primary.path("interval").isArray()) {
                rows.add(
                        List.of(
                                arm.path("arm").asText(),
                                primary.path("metric").asText(),
                                FigureForm.PERCENT.text(primary.path("control")),
                                FigureForm.PERCENT.text(primary.path("arm")),
                                FigureForm.POINTS.text(primary.at("/interval/0"))
                                        + " to "
                                        + FigureForm.POINTS.text(primary.at("/interval/1"))
                                        + " points",
                                arm.path("conclusion").asText()));
            }
        }
        return rows.size() > 1
                ? markdown(rows)
                : "There are too few users for a comparison at every look, so the product shows none.";
    }

    private String queries() {
        StringBuilder text = new StringBuilder();
        figures.at("/lake/queries")
                .properties()
                .forEach(
                        query -> {
                            JsonNode answer = query.getValue();
                            text.append(
                                    "**`%s`**: %s Rows: %s%s.\n\n"
                                            .formatted(
                                                    query.getKey(),
                                                    answer.path("question").asText(),
                                                    FigureForm.PLAIN.text(answer.path("count")),
                                                    answer.path("count").asInt() > QUERY_ROWS
                                                            ? ", of which the first " + QUERY_ROWS
                                                            : ""));
                            if (!answer.path("rows").isEmpty()) {
                                text.append(rows(answer)).append("\n\n");
                            }
                        });
        return text.toString().stripTrailing();
    }

    private static String rows(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        answer.path("columns").forEach(column -> columns.add(column.asText()));
        rows.add(columns);
        for (JsonNode row : answer.path("rows")) {
            if (rows.size() <= QUERY_ROWS) {
                rows.add(columns.stream().map(column -> cell(row.path(column))).toList());
            }
        }
        return markdown(rows);
    }

    private static String cell(JsonNode value) {
        String text =
                value.isNull()
                        ? "–"
                        : value.isFloatingPointNumber()
                                ? FigureForm.RATE.text(value)
                                : value.asText();
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }

    private String removed() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("store", "rows removed"));
        for (JsonNode store : figures.at("/erasure/receipt/removed")) {
            rows.add(
                    List.of(
                            store.path("store").asText(),
                            FigureForm.PLAIN.text(store.path("count"))));
        }
        return markdown(rows);
    }

    private String reach() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("table of the lake", "rows before", "rows after"));
        JsonNode after = figures.at("/erasure/lake/reachAfter/rows");
        for (JsonNode before : figures.at("/erasure/lake/reach/rows")) {
            rows.add(
                    List.of(
                            before.path("table_name").asText(),
                            FigureForm.PLAIN.text(before.path("covered_rows")),
                            FigureForm.PLAIN.text(
                                    after.path(rows.size() - 1).path("covered_rows"))));
        }
        return markdown(rows);
    }

    private String steps() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("step", "state"));
        figures.at("/erasure/state/steps")
                .properties()
                .forEach(
                        step ->
                                rows.add(
                                        List.of(
                                                step.getKey(),
                                                step.getValue().path("done").asBoolean()
                                                        ? "done"
                                                        : "open")));
        return markdown(rows);
    }

    private String bills() {
        Set<String> services = new TreeSet<>();
        for (JsonNode bill : figures.at("/cost/profiles")) {
            bill.path("byService").fieldNames().forEachRemaining(services::add);
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("$ a month"));
        List<String> sum = new ArrayList<>(List.of("all"));
        for (JsonNode bill : figures.at("/cost/profiles")) {
            head.add(bill.path("name").asText());
            sum.add(dollars(bill.path("month")));
        }
        rows.add(head);
        for (String service : services) {
            List<String> row = new ArrayList<>(List.of(service));
            figures.at("/cost/profiles")
                    .forEach(bill -> row.add(dollars(bill.path("byService").path(service))));
            rows.add(row);
        }
        rows.add(sum);
        return markdown(rows);
    }

    private static String dollars(JsonNode amount) {
        return amount.isNumber() ? FigureForm.DOLLARS.text(amount) : "–";
    }

    private static String markdown(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(
                    "| "
                            + String.join(
                                    " | ",
                                    row.stream().map(cell -> cell.replace("|", "\\|")).toList())
                            + " |");
        }
        lines.add(1, "|" + "---|".repeat(rows.getFirst().size()));
        return String.join("\n", lines);
    }
}
