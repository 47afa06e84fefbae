package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list for a user with what the stages that made it left behind.
 *
 * @param arms of the user
 * @param shadows that were ranked beside it
 * @param ranking that made it; null for a list of popular items, whose candidates have no scores
 * @param rules of the list
 */
record MadeList(
        RecommendationId id,
        ServedArms arms,
        List<ServedShadow> shadows,
        @Nullable Ranking ranking,
        RequestContext request,
        Candidates candidates,
        RankedList list,
        ServedModel served,
        HydratedUser user,
        ReadTrace trace,
        AppliedRules rules) {
    MadeList {
        shadows = List.copyOf(shadows);
    }

    /** Creates a list beside no shadow and under no rules of places. */
    static MadeList withoutRules(
            RecommendationId id,
            ServedArms arms,
            @Nullable Ranking ranking,
            RequestContext request,
            Candidates candidates,
            RankedList list,
            ServedModel served,
            HydratedUser user,
            ReadTrace trace) {
        return new MadeList(
                id,
                arms,
                List.of(),
                ranking,
                request,
                candidates,
                list,
                served,
                user,
                trace,
                AppliedRules.NONE);
    }
}
