package dev.freshet.functions;

import dev.freshet.experiment.ExperimentStatus;
import dev.freshet.experiment.InvalidExperimentException;
import dev.freshet.insight.ExperimentInsights;
import dev.freshet.insight.ExperimentReport;
import dev.freshet.insight.OutcomeInsights;
import dev.freshet.insight.OutcomeQuery;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** The operations that answer an owner's questions about lists and experiments. */
final class InsightsApi {
    private final OutcomeInsights outcomes;
    private final ExperimentInsights experiments;
    private final InstantSource clock;

    InsightsApi(OutcomeInsights outcomes, ExperimentInsights experiments, InstantSource clock) {
        this.outcomes = outcomes;
        this.experiments = experiments;
        this.clock = clock;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of("listOutcomes", this::outcomes, "getExperimentResults", this::results);
    }

    private HttpResponse outcomes(HttpRequest request) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return HttpResponse.json(
                200, OutcomeJson.of(outcomes.answer(OutcomeQuery.of(request.query(), today))));
    }

    private HttpResponse results(HttpRequest request) {
        String id = ExperimentsApi.checkedId(request);
        ExperimentReport report;
        try {
            report = experiments.answer(id).orElseThrow(InsightsApi::unknown);
        } catch (InvalidExperimentException otherRules) {
            throw new Problem(
                            409,
                            otherRules.code(),
                            "The definition was put under other rules; put a new version. "
                                    + otherRules.getMessage())
                    .asException();
        }
        if (report.experiment().status() == ExperimentStatus.DRAFT) {
            throw new Problem(
                            409,
                            "experiment-not-run",
                            "The experiment is a draft; put a higher version with the status"
                                    + " running.")
                    .asException();
        }
        return HttpResponse.json(200, ExperimentResultsJson.of(report));
    }

    private static ProblemException unknown() {
        return new Problem(
                        404,
                        "unknown-experiment",
                        "The model knows no experiment of this id. It learns of one within seconds"
                                + " after it was put; if it does not, put the same definition"
                                + " again.")
                .asException();
    }
}
