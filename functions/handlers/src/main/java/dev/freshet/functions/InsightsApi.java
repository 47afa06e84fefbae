package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.functions.PageRequest.PageCursor;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.insight.CatalogueReport;
import dev.freshet.insight.ExperimentReport;
import dev.freshet.insight.FlowHistory;
import dev.freshet.insight.InsightSources;
import dev.freshet.insight.ItemReport;
import dev.freshet.insight.LearningPace;
import dev.freshet.insight.OutcomeQuery;
import dev.freshet.insight.OutcomeReport;
import dev.freshet.insight.Overview;
import dev.freshet.insight.QualityReport;
import dev.freshet.insight.SegmentReport;
import dev.freshet.insight.SourceReport;
import dev.freshet.insight.TopicReport;
import dev.freshet.insight.TopicReport.TopicQuery;
import dev.freshet.insight.TrendingReport;
import dev.freshet.json.JsonRecords;
import dev.freshet.json.WireName;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.LakeAnswers.LakeAnswer;
import dev.freshet.lake.NamedQuery;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations that answer an owner's questions about the stack, its lists, catalogue,
 * experiments and users, each by {@link InsightsResponse}. What the lake said is kept each night,
 * so that no query of it runs, or is charged, for a caller.
 */
final class InsightsApi {
    private static final int MAX_ITEMS = 100;
    private static final int USUAL_ITEMS = 50;
    private static final int HEX = 16;

    private final InsightSources sources;
    private final Optional<LakeAnswers> lake;
    private final InstantSource clock;
    private final LearningPace pace = new LearningPace();

    /**
     * Creates the operations.
     *
     * @param lake empty if the stack has none
     */
    InsightsApi(InsightSources sources, Optional<LakeAnswers> lake, InstantSource clock) {
        this.sources = sources;
        this.lake = lake;
        this.clock = clock;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.ofEntries(
                answer("getOverview", _ -> Overview.of(sources, pace, clock.instant())),
                answer("getCatalogueInsight", plain(CatalogueReport::of)),
                list("listSegments", "segments", plain(SegmentReport::of)),
                list("listOutcomes", "rows", this::outcomes),
                list("listTopicInsights", "topics", this::topics),
                list("listItemInsights", "items", this::items),
                answer("getSourceInsights", this::sources),
                list("getTrendingInsights", "items", this::trending),
                list(
                        "getFlowInsights",
                        "steps",
                        request ->
                                FlowHistory.Report.of(sources, request.query(), clock.instant())),
                answer("getQualityInsights", _ -> QualityReport.of(sources, clock.instant())),
                list("listExperimentInsights", "experiments", _ -> experiments()),
                answer("getExperimentInsight", this::results),
                answer("getExperimentResults", this::results),
                list("listLakeQueries", "queries", this::lakeQueries),
                list("getLakeAnswer", "rows", this::lakeAnswer));
    }

    private static Map.Entry<String, HttpHandler.OperationHandler> answer(
            String operation, Function<HttpRequest, Object> report) {
        return Map.entry(operation, request -> InsightsResponse.of(request, report.apply(request)));
    }

    /** Returns an operation whose answer has a main list. */
    private static Map.Entry<String, HttpHandler.OperationHandler> list(
            String operation, String list, Function<HttpRequest, Object> report) {
        return Map.entry(
                operation, request -> InsightsResponse.of(request, report.apply(request), list));
    }

    /** Returns a report of the newest model, which has no parameters. */
    private Function<HttpRequest, Object> plain(Function<Versioned, Object> report) {
        return request -> {
            request.requireNoParameters();
            return report.apply(sources.models().get());
        };
    }

    private OutcomeReport outcomes(HttpRequest request) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return OutcomeReport.of(sources, OutcomeQuery.of(request.query(), today));
    }

    private TopicReport topics(HttpRequest request) {
        return TopicReport.of(sources.models().get(), TopicQuery.of(request.query()));
    }

    private SourceReport sources(HttpRequest request) {
        return SourceReport.of(sources, request.query(), clock.instant());
    }

    private TrendingReport trending(HttpRequest request) {
        return TrendingReport.of(sources.models().get().model(), request.query());
    }

    private Map<String, List<ExperimentReport.Summary>> experiments() {
        return Map.of("experiments", ExperimentReport.known(sources.models().get()));
    }

    private JsonNode items(HttpRequest request) {
        QueryParameters asked = QueryParameters.of(request.query(), "order", "limit", "after");
        ItemReport.Order order =
                WireName.find(
                                ItemReport.Order.class,
                                asked.find("order").orElse(ItemReport.Order.ATTENTION.wireName()))
                        .orElseThrow(
                                () ->
                                        new InvalidQueryException(
                                                "malformed-order",
                                                "order is attention, rising, never-shown or"
                                                        + " shown-in-vain."));
        String list = "insights/items/" + order.wireName();
        ItemReport report =
                ItemReport.of(
                        sources.models().get(),
                        order,
                        asked.find("after")
                                .map(cursor -> position(PageCursor.position(list, cursor))),
                        asked.whole("limit", 1, MAX_ITEMS, USUAL_ITEMS));
        ItemReport.Position next = report.next();
        return JsonRecords.tree(report)
                .put("next", next == null ? null : PageCursor.of(list, position(next)));
    }

    private static String position(ItemReport.Position position) {
        return Long.toHexString(Double.doubleToLongBits(position.worth()))
                + ' '
                + position.itemId();
    }

    /**
     * Returns the position of a cursor. Its checksum is no signature: whoever makes a cursor of
     * their own gets another part of the same list, or the problem.
     */
    private static ItemReport.Position position(String text) {
        int space = text.indexOf(' ');
        if (space < 1 || space > HEX || !text.substring(0, space).matches("[0-9a-f]+")) {
            throw PageCursor.bad();
        }
        return new ItemReport.Position(
                Double.longBitsToDouble(Long.parseUnsignedLong(text.substring(0, space), HEX)),
                text.substring(space + 1));
    }

    private ExperimentReport results(HttpRequest request) {
        String id = DefinitionsApi.EXPERIMENTS.name(request);
        ExperimentReport report;
        try {
            report =
                    ExperimentReport.find(sources.models().get(), id)
                            .orElseThrow(InsightsApi::unknownExperiment);
        } catch (InvalidQueryException otherRules) {
            throw ProblemException.of(
                    409,
                    otherRules.code(),
                    "The definition was put under other rules; put a new version. "
                            + otherRules.getMessage());
        }
        if (report.experiment().status() == ExperimentStatus.DRAFT) {
            throw ProblemException.of(
                    409,
                    "experiment-not-run",
                    "The experiment is a draft; put a higher version with the status"
                            + " running.");
        }
        return report.with(
                ExperimentReport.series(sources.trends(), report.experiment(), clock.instant()));
    }

    private static ProblemException unknownExperiment() {
        return ProblemException.of(
                404,
                "unknown-experiment",
                "The model knows no experiment of this id. It learns of one within seconds"
                        + " after it was put; if it does not, put the same definition"
                        + " again.");
    }

    record LakeQuery(String name, String question) {}

    record LakeQueries(boolean lake, List<LakeQuery> queries) {}

    record LakeRows(
            String name,
            String question,
            Instant askedAt,
            int days,
            boolean whole,
            List<String> columns,
            List<Map<String, @Nullable String>> rows) {}

    private LakeQueries lakeQueries(HttpRequest request) {
        request.requireNoParameters();
        return new LakeQueries(
                lake.isPresent(),
                LakeAnswers.QUERIES.stream()
                        .map(query -> new LakeQuery(query.wireName(), query.question()))
                        .toList());
    }

    private LakeRows lakeAnswer(HttpRequest request) {
        request.requireNoParameters();
        NamedQuery query =
                WireName.find(NamedQuery.class, request.pathParameters().getOrDefault("query", ""))
                        .filter(LakeAnswers.QUERIES::contains)
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "unknown-query",
                                                "No query that is asked each night has this"
                                                        + " name; GET /v1/insights/lake"
                                                        + " lists them."));
        LakeAnswer answer =
                lake.flatMap(answers -> answers.latest(query)).orElseThrow(this::noAnswerYet);
        return new LakeRows(
                query.wireName(),
                query.question(),
                answer.askedAt(),
                LakeAnswers.DAYS,
                answer.isWhole(),
                answer.columns(),
                answer.rows().stream().map(row -> byColumn(answer.columns(), row)).toList());
    }

    private ProblemException noAnswerYet() {
        return ProblemException.of(
                404,
                "no-answer-yet",
                lake.isEmpty()
                        ? "The stack has no lake; the option lake=true makes one."
                        : "The lake was not asked yet: a deployed one is each night, a local one"
                                + " by 'freshet lake settle'.");
    }

    private static Map<String, @Nullable String> byColumn(
            List<String> columns, List<@Nullable String> values) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int at = 0; at < Math.min(values.size(), columns.size()); at++) {
            row.put(columns.get(at), values.get(at));
        }
        return row;
    }
}
