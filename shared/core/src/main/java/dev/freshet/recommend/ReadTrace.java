package dev.freshet.recommend;

import dev.freshet.candidate.Candidates;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.model.Model;
import dev.freshet.ranking.ListShape;
import dev.freshet.ranking.RankedList;
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
 * @param arms labels of the arms in which the list was made, without those of users who are not
 *     counted
 * @param policy by which places are filled, as {@link dev.freshet.ranking.Ranking#policy}
 */
public record ReadTrace(
        Map<ReadStage, Duration> times,
        Candidates candidates,
        ListShape shape,
        int explored,
        List<String> arms,
        String policy) {
    public ReadTrace {
        arms = List.copyOf(arms);
        times = Map.copyOf(times);
    }

    static ReadTrace of(StageTimes times, Model model, ListPlan plan, RankedList list) {
        return new ReadTrace(
                times.times(),
                list.blended().candidates(),
                ListShape.of(model, list.items()),
                (int) list.items().stream().filter(ranked -> ranked.propensity() < 1).count(),
                plan.arms().stream().map(ListArm::label).toList(),
                plan.policy());
    }
}
