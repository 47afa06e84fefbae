package dev.freshet.experiment;

import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.Experiment.ShadowArm;
import dev.freshet.query.InvalidQueryException;

/**
 * What may change between two versions of an experiment. While it runs, only more traffic, its end,
 * and its shadows, of which one with other settings has another id: anything else would mix users
 * who were assigned or measured by different rules. A new salt begins a new phase, whose users are
 * assigned afresh, and then everything may change.
 */
final class ExperimentChange {
    private ExperimentChange() {}

    static void check(Experiment before, Experiment next) {
        if (next.version() <= before.version()) {
            throw new InvalidQueryException(
                    "version-not-higher",
                    "The stored version is " + before.version() + "; send a higher one.");
        }
        if (before.status() == ExperimentStatus.DRAFT || !next.salt().equals(before.salt())) {
            return;
        }
        if (next.status() == ExperimentStatus.DRAFT
                || (next.running() && before.status() == ExperimentStatus.STOPPED)) {
            throw new InvalidQueryException(
                    "needs-new-salt",
                    "An experiment that ran begins again only as a new phase; give it a new salt.");
        }
        check("layer", before.layer().equals(next.layer()));
        check("slots", before.slots().equals(next.slots()));
        check("arms", before.arms().equals(next.arms()));
        check("target", before.target().equals(next.target()));
        check("metrics", before.metrics().equals(next.metrics()));
        check("plannedUsers", before.plannedUsers() == next.plannedUsers());
        for (ShadowArm shadow : next.shadows()) {
            check(
                    "shadows." + shadow.id(),
                    before.shadows().stream()
                            .allMatch(old -> !old.id().equals(shadow.id()) || old.equals(shadow)));
        }
        if (next.traffic() < before.traffic()) {
            throw new InvalidQueryException(
                    "traffic-lowered",
                    "The traffic of a running experiment only grows, so that who is in stays in;"
                            + " stop it instead.");
        }
    }

    private static void check(String member, boolean unchanged) {
        if (!unchanged) {
            throw new InvalidQueryException(
                    "fixed-while-running",
                    "Of an experiment that ran, "
                            + member
                            + " cannot change; begin a new phase with a new salt.");
        }
    }
}
