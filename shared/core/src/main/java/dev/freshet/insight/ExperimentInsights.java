package dev.freshet.insight;

import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentAnalysis;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.InvalidExperimentException;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.ShadowAnalysis;
import dev.freshet.model.Model;
import dev.freshet.model.experiment.Definition;
import dev.freshet.model.experiment.ShadowSums;
import dev.freshet.model.log.Replica.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers questions for the results of experiments, from the model in memory alone. */
public final class ExperimentInsights {
    private final Supplier<Versioned> model;

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     */
    public ExperimentInsights(Supplier<Versioned> model) {
        this.model = model;
    }

    /**
     * Returns the results of an experiment; empty if the model knows none of this id. Cost: some
     * milliseconds.
     *
     * @throws InvalidExperimentException if the definition was stored by a release with other rules
     */
    public Optional<ExperimentReport> answer(String id) {
        Versioned newest = model.get();
        return newest.model()
                .experiments()
                .find(id)
                .map(Definition::document)
                .map(document -> report(newest, document));
    }

    /**
     * Returns the experiments that the model knows, in the order of their ids. Those whose
     * definition was stored by a release with other rules are left out.
     */
    public List<ExperimentSummary> known() {
        Model newest = model.get().model();
        EventTypes types = newest.settings().eventTypes();
        return newest.experiments().all().stream()
                .filter(definition -> !definition.isRule())
                .flatMap(definition -> summary(definition, types).stream())
                .toList();
    }

    private static Optional<ExperimentSummary> summary(Definition definition, EventTypes types) {
        try {
            Experiment experiment =
                    ExperimentReader.read(
                            definition.document().getBytes(StandardCharsets.UTF_8), types);
            return Optional.of(
                    new ExperimentSummary(
                            experiment.id(),
                            experiment.version(),
                            experiment.status(),
                            experiment.isHoldout()));
        } catch (InvalidExperimentException otherRules) {
            return Optional.empty();
        }
    }

    private static ExperimentReport report(Versioned newest, String document) {
        Experiment experiment =
                ExperimentReader.read(
                        document.getBytes(StandardCharsets.UTF_8),
                        newest.model().settings().eventTypes());
        Results results =
                ExperimentAnalysis.of(experiment, newest.model().experimentSums(experiment.id()));
        Map<String, ShadowSums> shadows = newest.model().shadowSums(experiment.id());
        return new ExperimentReport(
                experiment,
                results,
                experiment.shadows().stream()
                        .map(
                                shadow ->
                                        ShadowAnalysis.of(
                                                shadow.id(),
                                                shadows.getOrDefault(shadow.id(), ShadowSums.ZERO),
                                                experiment.plannedUsers(),
                                                results.enrolled()))
                        .toList(),
                Map.of(),
                AsOf.of(newest));
    }
}
