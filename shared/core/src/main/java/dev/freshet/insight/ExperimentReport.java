package dev.freshet.insight;

import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.ShadowResult;
import java.time.Instant;
import java.util.List;

/**
 * The results of an experiment at a look.
 *
 * @param experiment as the model knows it
 * @param shadows what drawn lists say about the shadows that the definition names
 * @param modelVersion the version of the model that answered
 * @param asOf the latest event time that the model has learned
 */
public record ExperimentReport(
        Experiment experiment,
        Results results,
        List<ShadowResult> shadows,
        long modelVersion,
        Instant asOf) {
    public ExperimentReport {
        shadows = List.copyOf(shadows);
    }
}
