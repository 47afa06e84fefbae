package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Report as JSON: the leading entry's figures at the top level, those of single sources under
 * {@code sources}, those of baselines under {@code rivals}, each with intervals.
 */
final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    static ObjectNode of(Report report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("evaluate", report.dataset()).put("protocol", report.protocol());
        report.facts().forEach((name, fact) -> put(json, name, fact));
        report.notes().forEach(json.putArray("notes")::add);
        json.setAll(entry(report, report.leading()));
        ObjectNode sources = json.putObject("sources");
        ObjectNode baselines = json.putObject("baselines");
        for (Entry entry : report.entries()) {
            switch (entry.kind()) {
                case BLEND -> {}
                case SOURCE -> sources.set(entry.name(), entry(report, entry));
                case BASELINE -> baselines.set(entry.name(), entry(report, entry));
            }
        }
        ObjectNode axes = json.putObject("axes");
        report.axes().forEach((name, labels) -> labels.forEach(axes.putArray(name)::add));
        return json;
    }

    private static ObjectNode entry(Report report, Entry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        entry.figures().forEach((name, figure) -> json.put(name, Rounded.of(figure)));
        ObjectNode intervals = JsonNodeFactory.instance.objectNode();
        ObjectNode leads = JsonNodeFactory.instance.objectNode();
        for (String measure : report.measures()) {
            report.comparison()
                    .interval(entry, measure)
                    .ifPresent(interval -> intervals.set(measure, array(interval)));
            report.comparison()
                    .lead(entry, measure)
                    .ifPresent(
                            lead ->
                                    leads.putObject(measure)
                                            .put("by", Rounded.of(lead.by()))
                                            .put("verdict", lead.verdict())
                                            .set("interval", array(lead.interval())));
        }
        if (!intervals.isEmpty()) {
            json.set("intervals", intervals);
        }
        if (!leads.isEmpty()) {
            json.set("lead", leads);
        }
        entry.series()
                .forEach(
                        (name, row) -> {
                            ArrayNode figures = json.putArray(name);
                            row.forEach(figure -> figures.add(Rounded.of(figure)));
                        });
        return json;
    }

    private static ArrayNode array(Interval interval) {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(Rounded.of(interval.low()))
                .add(Rounded.of(interval.high()));
    }

    private static void put(ObjectNode json, String name, Object fact) {
        switch (fact) {
            case Integer number -> json.put(name, number);
            case Long number -> json.put(name, number);
            case Double number -> json.put(name, number);
            case Boolean truth -> json.put(name, truth);
            case List<?> list -> json.set(name, JSON.valueToTree(list));
            default -> json.put(name, fact.toString());
        }
    }
}
