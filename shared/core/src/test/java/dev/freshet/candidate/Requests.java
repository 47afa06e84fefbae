package dev.freshet.candidate;

import dev.freshet.features.History;
import dev.freshet.profile.UserProfile;
import dev.freshet.ranking.Blend;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.Ranking.ListTerms;
import dev.freshet.ranking.ResolvedRules;
import dev.freshet.ranking.ShadowPolicy;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.policy.SplitMix64;
import dev.freshet.testkit.Site;
import java.util.List;

/** Requests for lists of a site, from which tests gather and rank candidates. */
public final class Requests {
    private Requests() {}

    /** Returns a request without a user, conditions or context. */
    public static RequestContext ofNobody(Site site) {
        return RequestContext.of(
                Site.query("{}"),
                RequestContext.NO_ITEM,
                UserProfile.absent(""),
                History.EMPTY,
                site.model(),
                Site.NOW);
    }

    /** Returns a list by the usual blend and diversity. */
    public static RankedList list(
            RequestContext request,
            int places,
            ResolvedRules rules,
            double temperature,
            long seed,
            List<ShadowPolicy> shadows) {
        Candidates candidates =
                Candidates.gather(request, CandidateSource.ofFamilies(), List.of(), places);
        return new Ranking(new Blend(new StackingStrategy(), Blend.WITH_HISTORY), temperature)
                .list(
                        request,
                        candidates,
                        new ListTerms(List.of(), places, 0.2, rules, shadows),
                        new SplitMix64(seed),
                        StageTimes.unmeasured());
    }
}
