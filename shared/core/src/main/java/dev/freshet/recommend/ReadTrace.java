package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.ranking.ListShape;
import dev.freshet.ranking.Ranked;
import dev.freshet.ranking.ReadStage;
import dev.freshet.ranking.StageTimes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a list came about. It reveals how large filters and histories are, and is for the log and for
 * servers of the site alone.
 *
 * @param times of the stages
 * @param candidates that were ranked, with what sources found and filters removed
 * @param shape how varied and how unusual its items are
 * @param explored number of places whose item was drawn, with a probability below 1
 * @param policy by which places are filled, as {@link dev.freshet.ranking.Ranking#policy}
 */
public record ReadTrace(
        Map<ReadStage, Duration> times,
        Candidates candidates,
        ListShape shape,
        int explored,
        String policy) {
    public ReadTrace {
        times = Map.copyOf(times);
    }

    static ReadTrace of(
            StageTimes times,
            RequestContext request,
            Candidates candidates,
            List<Ranked> list,
            String policy) {
        int explored = (int) list.stream().filter(ranked -> ranked.propensity() < 1).count();
        return new ReadTrace(
                times.times(), candidates, ListShape.of(request.model(), list), explored, policy);
    }
}
