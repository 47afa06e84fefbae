package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.ranking.RankedList;

/** A list for a user with what the stages that made it left behind. */
record MadeList(
        RecommendationId id,
        RequestContext request,
        Candidates candidates,
        RankedList list,
        ServedModel served,
        HydratedUser user,
        ReadTrace trace) {}
