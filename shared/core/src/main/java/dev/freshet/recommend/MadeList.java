package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.RequestContext;
import dev.freshet.ranking.RankedList;

/** A list for a user with what the stages that made it left behind. */
record MadeList(
        RecommendationId id,
        ListPlan plan,
        RequestContext request,
        RankedList list,
        ServedModel served,
        HydratedUser user,
        ReadTrace trace) {
    /** Returns the position of the first item, from 0. */
    int first() {
        ListCursor cursor = plan.cursor();
        return cursor == null ? 0 : cursor.first();
    }

    /** Returns the version of the model that ranked the list. */
    long modelVersion() {
        ListCursor cursor = plan.cursor();
        return cursor == null ? served.version() : cursor.modelVersion();
    }
}
