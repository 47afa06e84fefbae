package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Findings.Found;
import dev.freshet.event.EventTypes;
import dev.freshet.ranking.ReadStage;
import dev.freshet.ranking.ScoreParts;
import dev.freshet.recommend.ReadTrace;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.RequestExplanation;
import dev.freshet.recommend.RequestExplanation.Candidate;
import dev.freshet.recommend.RequestExplanation.ItemExplanation;
import dev.freshet.recommend.RequestExplanation.Place;
import dev.freshet.recommend.RequestExplanation.Removed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * JSON encoding of explanations, as the API document describes them ({@code Explanation} in
 * openapi.yaml).
 */
final class ExplanationJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExplanationJson() {}

    static ObjectNode of(RequestExplanation explanation, EventTypes types) {
        Recommendations answer = explanation.answer();
        ReadTrace trace = answer.trace();
        Candidates candidates = trace.candidates();
        ObjectNode json = RecommendationJson.of(answer, AnswerForm.USUAL, types);
        json.remove("exposure");
        json.put("policy", trace.policy());
        stages(json.putArray("stages"), trace);
        ArrayNode sources = json.putArray("sources");
        candidates
                .found()
                .forEach(
                        (source, found) ->
                                sources.addObject()
                                        .put("source", source)
                                        .put("found", found)
                                        .put("kept", candidates.kept().getOrDefault(source, 0)));
        ArrayNode filters = json.putArray("filters");
        candidates
                .removed()
                .forEach(
                        (filter, removed) ->
                                filters.addObject().put("filter", filter).put("removed", removed));
        json.put("candidates", candidates.size()).put("removed", explanation.removedItems());
        ArrayNode best = json.putArray("best");
        explanation.best().forEach(each -> best.add(candidate(each)));
        ArrayNode removed = json.putArray("withheld");
        explanation.removed().forEach(each -> removed.add(removed(each)));
        ArrayNode places = json.putArray("places");
        for (int at = 0; at < explanation.places().size(); at++) {
            places.add(place(at + 1, explanation.places().get(at)));
        }
        ArrayNode rules = json.putArray("rules");
        explanation
                .rules()
                .forEach(
                        rule ->
                                rules.addObject()
                                        .put("kind", rule.kind())
                                        .put("text", rule.text()));
        if (explanation.segment() != null) {
            json.set("segment", SegmentJson.of(explanation.segment()));
        }
        if (explanation.item() != null) {
            json.set("item", item(explanation.item()));
        }
        return json;
    }

    private static void stages(ArrayNode stages, ReadTrace trace) {
        Arrays.stream(ReadStage.values())
                .forEach(
                        stage ->
                                stages.addObject()
                                        .put("stage", stage.wireName())
                                        .put(
                                                "us",
                                                TimeUnit.NANOSECONDS.toMicros(
                                                        trace.times()
                                                                .getOrDefault(stage, Duration.ZERO)
                                                                .toNanos())));
    }

    private static ObjectNode candidate(Candidate candidate) {
        ObjectNode json = item(candidate.itemId(), candidate.title());
        json.put("rank", candidate.rank())
                .put("score", candidate.score())
                .put("chance", candidate.chance());
        if (candidate.position() > 0) {
            json.put("position", candidate.position());
        }
        json.set("foundBy", found(candidate.found()));
        ArrayNode signals = json.putArray("signals");
        candidate.parts().signals().forEach(part -> signals.add(signal(part)));
        return json.put("likeness", candidate.parts().likeness())
                .put("boost", candidate.parts().boost());
    }

    private static ObjectNode signal(ScoreParts.SignalPart part) {
        return JSON.objectNode()
                .put("signal", part.signal().name())
                .put("source", part.source().wireName())
                .put("value", part.value())
                .put("mean", part.usual())
                .put("weight", part.weight())
                .put("contribution", part.contribution());
    }

    private static ObjectNode removed(Removed removed) {
        ObjectNode json = item(removed.itemId(), removed.title());
        if (removed.filter() != null) {
            json.put("filter", removed.filter());
        }
        json.set("foundBy", found(removed.found()));
        return json;
    }

    private static ObjectNode place(int position, Place place) {
        return JSON.objectNode()
                .put("position", position)
                .put("rank", place.rank())
                .put("by", place.kind().name().toLowerCase(Locale.ROOT))
                .put("propensity", place.propensity());
    }

    private static ObjectNode item(ItemExplanation item) {
        ObjectNode json =
                JSON.objectNode()
                        .put("itemId", item.itemId())
                        .put("verdict", item.verdict().wireName());
        if (item.filter() != null) {
            json.put("filter", item.filter());
        }
        json.set("foundBy", found(item.found()));
        if (item.candidate() != null) {
            json.set("candidate", candidate(item.candidate()));
        }
        item.sentences().forEach(json.putArray("sentences")::add);
        return json;
    }

    private static ObjectNode item(String itemId, String title) {
        ObjectNode json = JSON.objectNode().put("itemId", itemId);
        return title.isEmpty() ? json : json.put("title", title);
    }

    private static ArrayNode found(List<Found> found) {
        ArrayNode json = JSON.arrayNode();
        found.forEach(
                one ->
                        json.addObject()
                                .put("source", one.source().wireName())
                                .put("rank", one.rank())
                                .put("of", one.of()));
        return json;
    }
}
