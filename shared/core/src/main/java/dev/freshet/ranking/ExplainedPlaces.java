package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.ranking.Exploration.Position;
import java.util.ArrayList;
import java.util.List;

/** The last step of a ranking: positions of a list become places with reasons. */
final class ExplainedPlaces {
    private ExplainedPlaces() {}

    /**
     * Returns the places, in the order of the positions.
     *
     * @param ratios of each shadow, one for each position
     */
    static List<Ranked> of(
            RequestContext request,
            Candidates candidates,
            BlendedScores blended,
            Blend blend,
            List<Position> positions,
            List<float[]> ratios) {
        ItemScores ranked = blended.ranked();
        int[] placed =
                positions.stream().mapToInt(position -> ranked.item(position.rank())).toArray();
        Explanation explanation = new Explanation(request, blended, candidates, blend, placed);
        List<Ranked> list = new ArrayList<>(placed.length);
        for (int at = 0; at < placed.length; at++) {
            Position position = positions.get(at);
            Explanation.Explained explained =
                    switch (position.kind()) {
                        case PINNED, PROMOTED -> Explanation.given(position.kind());
                        case CHOSEN, DRAWN, NEWCOMER -> explanation.of(at);
                    };
            list.add(
                    new Ranked(
                            placed[at],
                            ranked.score(position.rank()),
                            position.propensity(),
                            position.kind(),
                            at(ratios, at),
                            candidates.sources(candidates.slot(placed[at])),
                            explained.reasons(),
                            explained.movedBy()));
        }
        return list;
    }

    private static List<Float> at(List<float[]> ratios, int place) {
        return ratios.stream().map(ofShadow -> ofShadow[place]).toList();
    }
}
