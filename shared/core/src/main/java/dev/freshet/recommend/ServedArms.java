package dev.freshet.recommend;

import dev.freshet.access.ListArm;
import dev.freshet.event.UserIdentity;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.Experiment.ShadowArm;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.ExperimentSet.Assignment;
import dev.freshet.model.Model;
import dev.freshet.model.vectors.Segment;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.ShadowPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the list of one request counts for beside its placement: the user's arms, in the order of
 * the experiments' ids, and the user's segment.
 *
 * @param assignments of the experiments that are about the request; empty for a request of nobody,
 *     for a user whose history may not be used, and for one who does not take part in experiments,
 *     or not yet: an arm then cannot change who is counted
 * @param segment the id of the user's segment; null where it is not known, and for a user who does
 *     not count
 */
record ServedArms(List<Assignment> assignments, @Nullable String segment) {
    /** No arms: lists are as without experiments. */
    static final ServedArms NONE = new ServedArms(List.of(), null);

    /**
     * A shadow that is evaluated on a list.
     *
     * @param name of the shadow, as arms are named
     * @param settings of the list as it would be in the shadow: the shadow in place of the arm of
     *     its experiment, beside the arms of the others
     */
    record ServedShadow(ListArm name, ListSettings settings) {}

    /**
     * Returns the arms of a request, two hashes for each experiment that is about it, and the
     * user's segment, a fold-in of the latest items.
     */
    static ServedArms of(
            ExperimentSet experiments, RecommendationQuery query, HydratedUser user, Model model) {
        UserIdentity identity = query.user();
        if (identity == null || !user.asker().counts()) {
            return NONE;
        }
        boolean counted = query.analytics() && user.analytics();
        String segment = counted ? id(user.segment(model)) : null;
        return new ServedArms(
                user.asker().enrols()
                        ? experiments.assign(
                                identity.id(),
                                query.placement(),
                                query.context(),
                                user.enrolled(),
                                counted,
                                () -> counted ? segment : id(user.segment(model)))
                        : List.of(),
                segment);
    }

    private static @Nullable String id(@Nullable Segment segment) {
        return segment == null ? null : segment.id();
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

    /**
     * Returns the shadows of the user's experiments, of which the first {@value ShadowPolicy#MOST}
     * are evaluated; none where the user does not count.
     */
    List<ServedShadow> shadows(ListSettings usual) {
        List<ServedShadow> shadows = new ArrayList<>();
        for (int at = 0; at < assignments.size(); at++) {
            Experiment experiment = assignments.get(at).experiment();
            for (ShadowArm shadow : experiment.shadows()) {
                if (shadows.size() < ShadowPolicy.MOST && assignments.get(at).counted()) {
                    shadows.add(
                            new ServedShadow(
                                    new ListArm(experiment.id(), experiment.salt(), shadow.id()),
                                    inPlaceOf(at, shadow, usual)));
                }
            }
        }
        return shadows;
    }

    /** Returns the settings with those of all arms, but for a shadow in place of one of them. */
    private ListSettings inPlaceOf(int replaced, ShadowArm shadow, ListSettings usual) {
        ListSettings settings = usual;
        for (int at = 0; at < assignments.size(); at++) {
            settings =
                    settings.with(
                            at == replaced
                                    ? shadow.settings()
                                    : assignments.get(at).arm().settings());
        }
        return settings;
    }
}
