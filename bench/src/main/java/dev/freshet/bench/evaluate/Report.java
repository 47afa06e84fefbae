package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.Bootstrap.Interval;
import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Comparison.Lead;
import dev.freshet.bench.evaluate.Method.Kind;
import dev.freshet.console.Text;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Results of an evaluation by any protocol; printed as a table and as JSON.
 *
 * @param dataset name of the data set, such as {@code deskdrop}
 * @param protocol {@code prequential}, {@code split}, {@code rating}, {@code split-at} or {@code
 *     leave-last-one-out}
 * @param facts properties of the evaluation: numbers, texts and lists of numbers, by their names in
 *     JSON
 * @param notes explanations of the figures
 * @param columns columns of the table: figure → heading
 * @param entries entries, the leading one first: the blend, or the only participant
 * @param axes labels of each {@link Entry#series} that several entries have
 */
record Report(
        String dataset,
        String protocol,
        SequencedMap<String, Object> facts,
        List<String> notes,
        SequencedMap<String, String> columns,
        List<Comparison> entries,
        SequencedMap<String, List<String>> axes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAME = 22;
    private static final int COLUMN = 11;

    /**
     * Results of one entry.
     *
     * @param figures figures by their names in JSON
     * @param series rows of figures by their names in JSON; {@link Report#axes} holds their labels
     * @param measures figures that have an interval
     */
    record Entry(
            String name,
            Kind kind,
            SequencedMap<String, Double> figures,
            SequencedMap<String, List<Double>> series,
            List<Measure> measures) {
        /** Returns a figure; 0 for one that the entry does not have. */
        double figure(String figure) {
            return figures.getOrDefault(figure, 0.0);
        }
    }

    /** Rounds a figure to four decimals, which is finer than any interval. */
    static double rounded(double figure) {
        return Math.round(figure * 1e4) / 1e4;
    }

    /**
     * Returns the report as JSON: the leading entry's figures at the top level, those of single
     * sources under {@code sources}, those of baselines under {@code baselines}, each with
     * intervals.
     */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("evaluate", dataset).put("protocol", protocol);
        json.setAll(JSON.<ObjectNode>valueToTree(facts));
        json.putPOJO("notes", notes);
        json.setAll(json(entries.getFirst()));
        ObjectNode sources = json.putObject("sources");
        ObjectNode baselines = json.putObject("baselines");
        for (Comparison one : entries) {
            switch (one.entry().kind()) {
                case BLEND -> {}
                case SOURCE -> sources.set(one.entry().name(), json(one));
                case BASELINE -> baselines.set(one.entry().name(), json(one));
            }
        }
        return json.putPOJO("axes", axes);
    }

    private static ObjectNode json(Comparison one) {
        ObjectNode json = JSON.createObjectNode();
        one.entry().figures().forEach((name, figure) -> json.put(name, rounded(figure)));
        one.intervals()
                .forEach(
                        (measure, interval) ->
                                json.withObject("/intervals").set(measure, array(interval)));
        one.leads()
                .forEach(
                        (measure, lead) ->
                                json.withObject("/lead")
                                        .putObject(measure)
                                        .put("by", rounded(lead.by()))
                                        .put("verdict", lead.verdict())
                                        .set("interval", array(lead.interval())));
        one.entry()
                .series()
                .forEach(
                        (name, row) ->
                                row.forEach(figure -> json.withArray(name).add(rounded(figure))));
        return json;
    }

    private static ArrayNode array(Interval interval) {
        return JSON.createArrayNode().add(rounded(interval.low())).add(rounded(interval.high()));
    }

    /** Returns the report as a table for the terminal. */
    String text() {
        Text text = new Text();
        notes.forEach(note -> text.add("%s", note));
        StringBuilder headings = new StringBuilder(" ".repeat(NAME));
        columns.values().forEach(heading -> headings.append(pad(heading)));
        text.add("").add("%s   lead over it", headings);
        for (Kind kind : Kind.values()) {
            List<Comparison> some =
                    entries.stream().filter(one -> one.entry().kind() == kind).toList();
            if (!some.isEmpty() && kind != Kind.BLEND) {
                text.add(kind == Kind.SOURCE ? "single sources" : "baselines");
            }
            some.forEach(one -> text.add("%s", row(one)));
        }
        text.add("");
        Comparison leading = entries.getFirst();
        leading.intervals()
                .forEach(
                        (measure, interval) ->
                                text.add(
                                        "%s of %s: %s to %s in 95 of 100 bootstrap samples of people.",
                                        measure,
                                        leading.entry().name(),
                                        text(interval.low()),
                                        text(interval.high())));
        return text.toString();
    }

    private String row(Comparison one) {
        Entry entry = one.entry();
        String indent = entry.kind() == Kind.BLEND ? "" : "  ";
        StringBuilder line =
                new StringBuilder(("%-" + NAME + "s").formatted(indent + entry.name()));
        for (String column : columns.keySet()) {
            Double figure = entry.figures().get(column);
            line.append(pad(figure == null ? "–" : text(figure)));
        }
        one.leads().values().stream()
                .limit(1)
                .forEach(lead -> line.append("   ").append(text(lead)));
        return line.toString();
    }

    /** Returns the signed difference of a lead, or {@code none}. */
    static String text(Lead lead) {
        return lead.verdict().equals("none")
                ? "none"
                : String.format(Locale.ROOT, "%+.4f", lead.by());
    }

    private static String pad(String text) {
        return " ".repeat(Math.max(1, COLUMN - text.length())) + text;
    }

    private static String text(double figure) {
        return String.format(Locale.ROOT, Math.abs(figure) >= 2 ? "%.2f" : "%.4f", figure);
    }
}
