package dev.freshet.functions;

import dev.freshet.experiment.ExperimentStatus;
import dev.freshet.experiment.InvalidExperimentException;
import dev.freshet.insight.ExperimentInsights;
import dev.freshet.insight.ExperimentReport;
import dev.freshet.insight.ExperimentSeries;
import dev.freshet.insight.OutcomeInsights;
import dev.freshet.insight.OutcomeQuery;
import dev.freshet.insight.OverviewInsights;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The operations that answer an owner's questions about the stack, lists and experiments, each by
 * {@link InsightsResponse}.
 */
final class InsightsApi {
    private final OverviewInsights overview;
    private final OutcomeInsights outcomes;
    private final ExperimentInsights experiments;
    private final CatalogueInsightsApi catalogue;
    private final ExperimentSeries series;
    private final InstantSource clock;

    InsightsApi(
            OverviewInsights overview,
            OutcomeInsights outcomes,
            ExperimentInsights experiments,
            CatalogueInsightsApi catalogue,
            ExperimentSeries series,
            InstantSource clock) {
        this.overview = overview;
        this.outcomes = outcomes;
        this.experiments = experiments;
        this.catalogue = catalogue;
        this.series = series;
        this.clock = clock;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        Map<String, HttpHandler.OperationHandler> operations =
                new HashMap<>(catalogue.operations());
        operations.put("getOverview", request -> InsightsResponse.of(request, overview.answer()));
        operations.put("listOutcomes", this::outcomes);
        operations.put(
                "listExperimentInsights",
                request ->
                        InsightsResponse.of(
                                request,
                                Map.of("experiments", experiments.known()),
                                "experiments"));
        operations.put("getExperimentInsight", this::results);
        operations.put("getExperimentResults", this::results);
        return operations;
    }

    private HttpResponse outcomes(HttpRequest request) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return InsightsResponse.of(
                request, outcomes.answer(OutcomeQuery.of(request.query(), today)), "rows");
    }

    private HttpResponse results(HttpRequest request) {
        String id = ExperimentsApi.checkedId(request);
        ExperimentReport report;
        try {
            report = experiments.answer(id).orElseThrow(InsightsApi::unknown);
        } catch (InvalidExperimentException otherRules) {
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
        return InsightsResponse.of(
                request, report.with(series.of(report.experiment(), clock.instant())));
    }

    private static ProblemException unknown() {
        return ProblemException.of(
                404,
                "unknown-experiment",
                "The model knows no experiment of this id. It learns of one within seconds"
                        + " after it was put; if it does not, put the same definition"
                        + " again.");
    }
}
