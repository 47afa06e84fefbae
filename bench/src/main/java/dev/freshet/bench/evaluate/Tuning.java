package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.Comparison.Lead;
import dev.freshet.bench.evaluate.Search.Tried;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Result of a search.
 *
 * @param on description of the ranked data, one sentence
 * @param tried all trials, the present settings first
 * @param best the best trial
 */
record Tuning(String dataset, String on, List<Tried> tried, Tried best, long seed) {
    Tuning {
        tried = List.copyOf(tried);
    }

    private Tried present() {
        return tried.getFirst();
    }

    /** Returns the best point's lead over the present one; empty if the present one is the best. */
    private Optional<Lead> lead() {
        if (Arrays.equals(best.point(), present().point())) {
            return Optional.empty();
        }
        Entry present = present().entry();
        return Comparison.of(List.of(best.entry(), present), new Bootstrap(Bootstrap.DRAWS, seed))
                .lead(present, figure());
    }

    private String figure() {
        return present().entry().measures().getFirst().name();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("evaluate", dataset).put("task", "tune").put("on", on).put("seed", seed);
        ObjectNode space = json.putObject("space");
        SearchSpace.ALL.forEach(
                parameter -> parameter.values().forEach(space.putArray(parameter.name())::add));
        json.set("present", json(present()));
        json.set("best", json(best));
        lead().ifPresent(
                        lead ->
                                json.putObject("lead")
                                        .put("by", Rounded.of(lead.by()))
                                        .put("verdict", lead.verdict()));
        ArrayNode trials = json.putArray("trials");
        tried.forEach(one -> trials.add(json(one)));
        return json;
    }

    private ObjectNode json(Tried one) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        one.entry().figures().forEach((name, figure) -> json.put(name, Rounded.of(figure)));
        ObjectNode settings = json.putObject("settings");
        for (int parameter = 0; parameter < one.point().length; parameter++) {
            settings.put(SearchSpace.ALL.get(parameter).name(), one.point()[parameter]);
        }
        SearchSpace.between(present().point(), one.point()).forEach(json.putArray("changed")::add);
        return json;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(on);
        lines.add("");
        for (Tried one : tried) {
            List<String> changed = SearchSpace.between(present().point(), one.point());
            StringBuilder line = new StringBuilder();
            one.entry()
                    .measures()
                    .forEach(
                            measure ->
                                    line.append(
                                            String.format(
                                                    Locale.ROOT,
                                                    "%s %.4f   ",
                                                    measure.name(),
                                                    Objects.requireNonNull(
                                                            one.entry().figure(measure.name())))));
            lines.add(line + (changed.isEmpty() ? "present settings" : String.join(", ", changed)));
        }
        lines.add("");
        lines.add(
                lead().map(
                                lead ->
                                        "Best: %s. Its lead over the present settings: %s."
                                                .formatted(
                                                        String.join(
                                                                ", ",
                                                                SearchSpace.between(
                                                                        present().point(),
                                                                        best.point())),
                                                        lead.verdict().equals("none")
                                                                ? "none"
                                                                : String.format(
                                                                        Locale.ROOT,
                                                                        "%+.4f",
                                                                        lead.by())))
                        .orElse("The present settings are the best that were tried."));
        return String.join(System.lineSeparator(), lines);
    }
}
