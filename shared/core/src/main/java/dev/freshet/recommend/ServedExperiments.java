package dev.freshet.recommend;

import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.InvalidExperimentException;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.model.Model;
import dev.freshet.model.experiment.Definition;
import dev.freshet.model.experiment.Definitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running experiments of the model that answers, read from their documents when they change.
 * Safe for many threads.
 *
 * <p>A document that cannot be read, as one of a later release, is left out and told: a list
 * without an experiment is better than none. Of more than {@value ListArm#MAX} the first by id are
 * served.
 */
final class ServedExperiments {
    private static final Logger LOG = LoggerFactory.getLogger(ServedExperiments.class);

    private record Read(Definitions definitions, ExperimentSet experiments) {}

    private volatile Read latest = new Read(Definitions.NONE, ExperimentSet.NONE);

    /** Returns the running experiments of a model. */
    ExperimentSet of(Model model) {
        Definitions definitions = model.experiments();
        Read read = latest;
        if (read.definitions != definitions) {
            read = new Read(definitions, read(definitions, model.settings().eventTypes()));
            latest = read;
        }
        return read.experiments;
    }

    private static ExperimentSet read(Definitions definitions, EventTypes types) {
        List<Experiment> running = new ArrayList<>();
        for (Definition definition : definitions.all()) {
            if (definition.running() && running.size() < ListArm.MAX) {
                try {
                    running.add(
                            ExperimentReader.read(
                                    definition.document().getBytes(StandardCharsets.UTF_8), types));
                } catch (InvalidExperimentException unreadable) {
                    LOG.warn("Experiment {} is not served", definition.id(), unreadable);
                }
            }
        }
        return ExperimentSet.of(running);
    }
}
