package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.query.Boost;
import dev.freshet.ranking.Exploration.Position;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Orders items that the caller chose: blend → draw → explain. Every candidate gets a place unless
 * rules that hold it back are to drop it: neither variants nor items alike are left out or moved,
 * and no place is given to a new item by a draw of its own.
 */
public final class GivenRanking {
    /** Most places that are drawn: as many as an exposure token can tell. */
    public static final int MAX_DRAWN = 100;

    private final Blend blend;
    private final double temperature;

    /**
     * Creates a ranking.
     *
     * @param temperature of the draws of positions, 0 (by score alone) to 1
     */
    public GivenRanking(Blend blend, double temperature) {
        this.blend = blend;
        this.temperature = temperature;
    }

    /** Returns the name of the policy by which places are filled. */
    public String policy() {
        return Ranking.policy(temperature);
    }

    /**
     * Returns all candidates in the order for the user of the request.
     *
     * @param random source of the draws
     * @param times of the request; the stages from the blend on are added
     */
    public GivenList list(
            RequestContext request,
            Candidates candidates,
            List<Boost> boosts,
            GivenRules rules,
            RandomGenerator random,
            StageTimes times) {
        BlendedScores blended = blend.rank(request, candidates, boosts);
        times.end(ReadStage.BLEND);
        GivenOrder order = new GivenOrder(request.model(), blended.ranked(), rules, temperature);
        List<Position> positions = order.place(random);
        times.end(ReadStage.DRAW);
        List<Ranked> list =
                ExplainedPlaces.of(request, candidates, blended, blend, positions, List.of());
        times.end(ReadStage.EXPLAIN);
        return new GivenList(new RankedList(list, blended, positions), order.held());
    }
}
