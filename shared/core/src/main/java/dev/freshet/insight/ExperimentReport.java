package dev.freshet.insight;

import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.Results;
import java.time.Instant;

/**
 * The results of an experiment at a look.
 *
 * @param experiment as the model knows it
 * @param modelVersion the version of the model that answered
 * @param asOf the latest event time that the model has learned
 */
public record ExperimentReport(
        Experiment experiment, Results results, long modelVersion, Instant asOf) {}
