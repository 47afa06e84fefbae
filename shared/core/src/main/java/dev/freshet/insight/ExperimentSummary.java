package dev.freshet.insight;

import dev.freshet.experiment.ExperimentStatus;

/**
 * An experiment that the model knows.
 *
 * @param holdout whether it compares the recommender with what it replaces
 */
public record ExperimentSummary(
        String id, long version, ExperimentStatus status, boolean holdout) {}
