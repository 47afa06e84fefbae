package dev.freshet.recommend;

import dev.freshet.event.UserIdentity;
import dev.freshet.experiment.Assignment;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.enrolment.Enrolments;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.query.RecommendationQuery;
import java.util.List;

/**
 * The arms of the user of one request, in the order of the experiments' ids.
 *
 * @param assignments of the experiments that are about the request; empty for a request of nobody
 *     and for a user whose history may not be used
 */
record ServedArms(List<Assignment> assignments) {
    /** No arms: lists are as without experiments. */
    static final ServedArms NONE = new ServedArms(List.of());

    ServedArms {
        assignments = List.copyOf(assignments);
    }

    /** Returns the arms of a request: two hashes for each experiment that is about it. */
    static ServedArms of(ExperimentSet experiments, RecommendationQuery query, HydratedUser user) {
        UserIdentity identity = query.user();
        return identity == null || !user.personalised()
                ? NONE
                : new ServedArms(
                        experiments.assign(
                                identity.id(),
                                query.placement(),
                                query.context(),
                                Enrolments.NONE,
                                query.analytics() && user.analytics()));
    }

    /** Returns the arms in which the user enrols with the first impression of such a list. */
    List<ListArm> counted() {
        return assignments.stream().filter(Assignment::counted).map(Assignment::listArm).toList();
    }

    /**
     * Returns the settings with those of all arms. Where two arms set one thing, the one of the
     * later id counts.
     */
    ListSettings applied(ListSettings usual) {
        ListSettings settings = usual;
        for (Assignment assignment : assignments) {
            settings = settings.with(assignment.arm().settings());
        }
        return settings;
    }
}
