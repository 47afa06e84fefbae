package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.Boost;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.policy.Draw;
import dev.freshet.ranking.policy.FixedPool;
import dev.freshet.ranking.policy.PlackettLuce;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Orders items that the caller chose: blend → draw → explain. Every candidate gets a place: neither
 * variants nor items alike are left out or moved, and no place is given to a new item by a draw of
 * its own.
 */
public final class GivenRanking {
    /** Most places that are drawn: as many as an exposure token can tell. */
    public static final int MOST_DRAWN = 100;

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
    public RankedList list(
            RequestContext request,
            Candidates candidates,
            List<Boost> boosts,
            RandomGenerator random,
            StageTimes times) {
        BlendedScores blended = blend.rank(request, candidates, boosts);
        times.end(ReadStage.BLEND);
        List<Position> positions = positions(blended.ranked(), random);
        times.end(ReadStage.DRAW);
        List<Ranked> list = explained(request, candidates, blended, positions);
        times.end(ReadStage.EXPLAIN);
        return new RankedList(list, blended, positions);
    }

    private List<Position> positions(ItemScores ranked, RandomGenerator random) {
        List<Position> positions = new ArrayList<>(ranked.size());
        FixedPool pool = pool(ranked);
        PlackettLuce policy = PlackettLuce.of(temperature, pool);
        while (temperature > 0 && positions.size() < Math.min(ranked.size(), MOST_DRAWN)) {
            Draw draw = policy.draw(pool, random);
            pool.place(draw.index());
            positions.add(new Position(draw.index(), draw.probability(), Kind.DRAWN));
        }
        for (int rank = 0; rank < ranked.size(); rank++) {
            if (pool.open(rank)) {
                positions.add(new Position(rank, 1, Kind.CHOSEN));
            }
        }
        return positions;
    }

    private static FixedPool pool(ItemScores ranked) {
        double[] worth = new double[ranked.size()];
        for (int rank = 0; rank < worth.length; rank++) {
            worth[rank] = ranked.score(rank);
        }
        return new FixedPool(worth);
    }

    private List<Ranked> explained(
            RequestContext request,
            Candidates candidates,
            BlendedScores blended,
            List<Position> positions) {
        ItemScores ranked = blended.ranked();
        int[] placed =
                positions.stream().mapToInt(position -> ranked.item(position.rank())).toArray();
        Explanation explanation = new Explanation(request, blended, candidates, blend, placed);
        List<Ranked> list = new ArrayList<>(placed.length);
        for (int at = 0; at < placed.length; at++) {
            Explanation.Explained explained = explanation.of(at);
            Position position = positions.get(at);
            list.add(
                    new Ranked(
                            placed[at],
                            ranked.score(position.rank()),
                            position.propensity(),
                            position.kind(),
                            List.of(),
                            candidates.sources(candidates.slot(placed[at])),
                            explained.reasons(),
                            explained.movedBy()));
        }
        return list;
    }
}
