package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.candidate.Candidates;
import dev.freshet.event.EventTypes;
import dev.freshet.json.JsonRecords;
import dev.freshet.model.vectors.Segment;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.recommend.Recommendations.ReadTrace;
import dev.freshet.recommend.RequestExplanation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * JSON encoding of explanations, as the API document describes them ({@code Explanation} in
 * openapi.yaml): the response that is explained, without its token, and what is explained of it.
 */
record ExplanationJson(
        String policy,
        List<Stage> stages,
        List<SourceCounts> sources,
        List<FilterCount> filters,
        int candidates,
        int removed,
        List<RequestExplanation.Candidate> best,
        List<RequestExplanation.Removed> withheld,
        List<RequestExplanation.Place> places,
        List<RequestExplanation.RuleEffect> rules,
        @Nullable ObjectNode segment,
        RequestExplanation.@Nullable ItemExplanation item) {
    record Stage(String stage, long us) {}

    record SourceCounts(String source, int found, int kept) {}

    record FilterCount(String filter, int removed) {}

    static ObjectNode of(RequestExplanation explanation, EventTypes types) {
        ObjectNode json = RecommendationJson.of(explanation.answer(), AnswerForm.USUAL, types);
        json.remove("exposure");
        return json.setAll(JsonRecords.tree(of(explanation)));
    }

    private static ExplanationJson of(RequestExplanation explanation) {
        ReadTrace trace = explanation.answer().trace();
        Candidates candidates = trace.candidates();
        return new ExplanationJson(
                trace.policy(),
                Arrays.stream(ReadStage.values()).map(stage -> stage(stage, trace)).toList(),
                candidates.found().entrySet().stream()
                        .map(
                                found ->
                                        new SourceCounts(
                                                found.getKey(),
                                                found.getValue(),
                                                candidates.kept().getOrDefault(found.getKey(), 0)))
                        .toList(),
                candidates.removed().entrySet().stream()
                        .map(removed -> new FilterCount(removed.getKey(), removed.getValue()))
                        .toList(),
                candidates.size(),
                explanation.removedItems(),
                explanation.best(),
                explanation.removed(),
                explanation.places(),
                explanation.rules(),
                explanation.segment() == null ? null : segment(explanation.segment()),
                explanation.item());
    }

    private static Stage stage(ReadStage stage, ReadTrace trace) {
        Duration time = trace.times().getOrDefault(stage, Duration.ZERO);
        return new Stage(stage.wireName(), TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    }

    /** Returns the id and the name of a segment. */
    static ObjectNode segment(Segment segment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", segment.id())
                .put("name", segment.title());
    }
}
