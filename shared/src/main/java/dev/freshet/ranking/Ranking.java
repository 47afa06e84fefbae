package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Visit;
import dev.freshet.model.ItemScores;
import dev.freshet.query.Boost;
import dev.freshet.ranking.Exploration.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Candidates in, a list out: blend → diversify → explore → explain. */
public final class Ranking {
    private final Blend blend;
    private final Diversifier diversifier = new Diversifier();
    private final Exploration exploration = new Exploration();

    public Ranking(Blend blend) {
        this.blend = blend;
    }

    /** The first step alone: every candidate, best first. */
    public Blended blended(Visit visit, Candidates candidates, List<Boost> boosts) {
        return blend.rank(visit, candidates, boosts);
    }

    /**
     * Fills the places.
     *
     * @param places how many, at most
     * @param diversity 0 to 1
     * @param random for the exploration
     */
    public List<Ranked> list(
            Visit visit,
            Candidates candidates,
            List<Boost> boosts,
            int places,
            double diversity,
            RandomGenerator random) {
        Blended blended = blended(visit, candidates, boosts);
        ItemScores ranked = blended.ranked();
        int[] chosen = diversifier.choose(visit.model(), ranked, places, diversity);
        List<Place> seats =
                exploration.seat(visit.model().items(), candidates, ranked, chosen, random);
        Explanation explanation = new Explanation(visit, blended, candidates, blend);
        List<Ranked> list = new ArrayList<>(seats.size());
        for (Place seat : seats) {
            int item = ranked.item(seat.rank());
            list.add(
                    new Ranked(
                            item,
                            ranked.score(seat.rank()),
                            seat.propensity(),
                            candidates.sources(candidates.slot(item)),
                            explanation.of(item)));
        }
        return list;
    }
}
