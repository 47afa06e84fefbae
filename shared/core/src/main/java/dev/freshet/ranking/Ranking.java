package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.Boost;
import dev.freshet.ranking.Exploration.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes a list of candidates: blend → diversify → explore → explain. */
public final class Ranking {
    /** The policy that draws nothing but newcomers. */
    public static final String BEST_FIRST = "best-first";

    private final Blend blend;
    private final Diversifier diversifier = new Diversifier();
    private final Exploration exploration = new Exploration();
    private final double temperature;

    /**
     * Creates a ranking.
     *
     * @param temperature of the draws of positions, 0 (only newcomers are drawn) to 1
     */
    public Ranking(Blend blend, double temperature) {
        this.blend = blend;
        this.temperature = temperature;
    }

    /** Returns the name of the policy by which places are filled. */
    public String policy() {
        return policy(temperature);
    }

    static String policy(double temperature) {
        return temperature > 0 ? "plackett-luce" : BEST_FIRST;
    }

    /** Returns every candidate, best first: the first step alone. */
    public BlendedScores blended(
            RequestContext request, Candidates candidates, List<Boost> boosts) {
        return blend.rank(request, candidates, boosts);
    }

    /**
     * Returns the list, with what it was made of.
     *
     * @param places most items of the list
     * @param diversity 0 to 1
     * @param rules of the list
     * @param shadows evaluated on this list, at most {@value ShadowPolicy#MOST}; left out where no
     *     place is drawn among all
     * @param random source of the exploration
     * @param times of the request; the stages from the blend on are added
     */
    public RankedList list(
            RequestContext request,
            Candidates candidates,
            List<Boost> boosts,
            int places,
            double diversity,
            PlaceRules rules,
            List<ShadowPolicy> shadows,
            RandomGenerator random,
            StageTimes times) {
        BlendedScores blended = blended(request, candidates, boosts);
        times.end(ReadStage.BLEND);
        ItemScores ranked = blended.ranked();
        List<Position> positions =
                positions(request.model(), candidates, ranked, places, diversity, rules, random);
        List<float[]> ratios =
                logRatios(request, candidates, blended, places, rules, positions, shadows);
        times.end(ReadStage.DRAW);
        List<Ranked> list =
                ExplainedPlaces.of(request, candidates, blended, blend, positions, ratios);
        times.end(ReadStage.EXPLAIN);
        return new RankedList(list, blended, positions);
    }

    /**
     * Returns places of a list that was made before, with reasons by what is known now. The
     * explanation compares each item with the candidates given here.
     *
     * @param candidates the items of the places, and further ones of the same list
     * @param scored whether the list was ranked by signals; of another one each item's first source
     *     is its reason
     * @param times of the request; the stages from the blend on are added
     */
    public RankedList again(
            RequestContext request,
            Candidates candidates,
            List<Boost> boosts,
            List<EarlierPlace> places,
            boolean scored,
            StageTimes times) {
        BlendedScores blended = blended(request, candidates, boosts);
        times.end(ReadStage.BLEND);
        times.end(ReadStage.DRAW);
        int[] items = places.stream().mapToInt(EarlierPlace::item).toArray();
        Explanation explanation = new Explanation(request, blended, candidates, blend, items);
        List<Ranked> list = new ArrayList<>(items.length);
        for (int at = 0; at < items.length; at++) {
            list.add(
                    places.get(at)
                            .ranked(
                                    candidates.sources(candidates.slot(items[at])),
                                    switch (places.get(at).kind()) {
                                        case PINNED, PROMOTED ->
                                                Explanation.given(places.get(at).kind());
                                        case CHOSEN, DRAWN, NEWCOMER ->
                                                scored ? explanation.of(at) : explanation.plain(at);
                                    }));
        }
        times.end(ReadStage.EXPLAIN);
        return new RankedList(list, blended, List.of());
    }

    /** Returns the parts of the score at a rank of the blended candidates. */
    public ScoreParts parts(RequestContext request, BlendedScores blended, int rank) {
        return ScoreParts.of(request, blended, rank, blend.likenessWeight());
    }

    private List<float[]> logRatios(
            RequestContext request,
            Candidates candidates,
            BlendedScores blended,
            int places,
            PlaceRules rules,
            List<Position> positions,
            List<ShadowPolicy> shadows) {
        if (temperature == 0 || shadows.isEmpty()) {
            return List.of();
        }
        ItemScores ranked = blended.ranked();
        int[] pinned = GivenPlaces.of(rules, ranked, places).pinned();
        int pool = Diversifier.poolSize(request.model(), ranked, places, rules, pinned);
        return shadows.stream()
                .map(
                        shadow ->
                                shadow.logRatios(
                                        request,
                                        candidates,
                                        blended,
                                        pool,
                                        rules.limits(),
                                        positions))
                .toList();
    }

    private List<Position> positions(
            Model model,
            Candidates candidates,
            ItemScores ranked,
            int places,
            double diversity,
            PlaceRules rules,
            RandomGenerator random) {
        if (temperature > 0 || rules.givePlaces()) {
            return exploration.draw(
                    model, candidates, ranked, places, diversity, rules, temperature, random);
        }
        int[] chosen = diversifier.choose(model, ranked, places, diversity, rules);
        return exploration.place(model, candidates, ranked, chosen, rules, random);
    }
}
