package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.Filter.Boost;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.StageTimes.ReadStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes a list of candidates: blend → diversify → explore → explain.
 *
 * @param temperature of the draws of positions, 0 (only newcomers are drawn) to 1
 */
public record Ranking(Blend blend, double temperature) {
    /** The policy that draws nothing but newcomers. */
    public static final String BEST_FIRST = "best-first";

    /** Most places of given items that are drawn: as many as an exposure token can tell. */
    public static final int MAX_DRAWN = 100;

    /**
     * What a list of candidates is to be.
     *
     * @param boosts of the request, of the user's arms and of named rules
     * @param places most items of the list
     * @param diversity λ, 0 (by score alone) to 1
     * @param rules by which places are given
     * @param shadows evaluated on this list, at most {@value ShadowPolicy#MOST}; left out where no
     *     place is drawn among all
     */
    public record ListTerms(
            List<Boost> boosts,
            int places,
            double diversity,
            ResolvedRules rules,
            List<ShadowPolicy> shadows) {}

    /** Returns the name of the policy by which places are filled. */
    public String policy() {
        return temperature > 0 ? "plackett-luce" : BEST_FIRST;
    }

    /** Returns every candidate, best first: the first step alone. */
    public RankedCandidates blended(
            RequestContext request, Candidates candidates, List<Boost> boosts) {
        return blend.rank(request, candidates, boosts);
    }

    /**
     * Returns the list, with what it was made of.
     *
     * @param random source of the exploration
     * @param times of the request; the stages from the blend on are added
     */
    public RankedList list(
            RequestContext request,
            Candidates candidates,
            ListTerms terms,
            RandomGenerator random,
            StageTimes times) {
        RankedCandidates blended = blended(request, candidates, terms.boosts());
        times.end(ReadStage.BLEND);
        List<Position> positions = positions(request.model(), blended, terms, random);
        List<float[]> ratios = logRatios(request, blended, terms, positions);
        times.end(ReadStage.DRAW);
        List<Ranked> list = explained(request, blended, positions, ratios, request.explained());
        times.end(ReadStage.EXPLAIN);
        return new RankedList(list, blended, terms.rules(), List.of());
    }

    /**
     * Returns all candidates, which the caller chose, in the order for the user of the request.
     * Every one gets a place unless rules that hold it back are to drop it: neither variants nor
     * items alike are left out or moved, and no place is given to a new item by a draw of its own.
     * All places are explained if any is to be.
     *
     * @param random source of the draws
     * @param times of the request; the stages from the blend on are added
     */
    public RankedList order(
            RequestContext request,
            Candidates candidates,
            List<Boost> boosts,
            ResolvedRules rules,
            RandomGenerator random,
            StageTimes times) {
        RankedCandidates blended = blended(request, candidates, boosts);
        times.end(ReadStage.BLEND);
        GivenOrder order = new GivenOrder(request.model(), blended.ranked(), rules, temperature);
        List<Position> positions = order.place(random);
        times.end(ReadStage.DRAW);
        int places = request.explained() == 0 ? 0 : positions.size();
        List<Ranked> list = explained(request, blended, positions, List.of(), places);
        times.end(ReadStage.EXPLAIN);
        return new RankedList(list, blended, rules, order.withheld());
    }

    /**
     * Returns places of a list that was made before, with reasons by what is known now. The
     * explanation compares each item with the candidates given here.
     *
     * @param candidates the items of the places, and further ones of the same list
     * @param places without reasons
     * @param scored whether the list was ranked by signals; of another one each item's first source
     *     is its reason
     * @param times of the request; the stages from the blend on are added
     */
    public RankedList again(
            RequestContext request,
            Candidates candidates,
            List<Boost> boosts,
            List<Ranked> places,
            boolean scored,
            StageTimes times) {
        RankedCandidates blended = blended(request, candidates, boosts);
        times.end(ReadStage.BLEND);
        times.end(ReadStage.DRAW);
        int[] items = places.stream().mapToInt(Ranked::item).toArray();
        List<Ranked> list = places;
        if (request.explained() > 0) {
            Explanation explanation = new Explanation(request, blended, blend, items);
            list = new ArrayList<>(items.length);
            for (int at = 0; at < items.length; at++) {
                list.add(explanation.explained(at, places.get(at), scored));
            }
        }
        times.end(ReadStage.EXPLAIN);
        return new RankedList(list, blended, ResolvedRules.NONE, List.of());
    }

    /** Returns the parts of the score at a rank of the blended candidates. */
    public ScoreParts parts(RequestContext request, RankedCandidates blended, int rank) {
        return ScoreParts.of(request, blended, rank, blend.likenessWeight());
    }

    private List<float[]> logRatios(
            RequestContext request,
            RankedCandidates blended,
            ListTerms terms,
            List<Position> positions) {
        if (temperature == 0 || terms.shadows().isEmpty()) {
            return List.of();
        }
        ItemScores ranked = blended.ranked();
        ResolvedRules rules = terms.rules();
        int[] pinned = new GivenPlaces(rules, ranked, terms.places()).pinned();
        int pool = Diversifier.poolSize(request.model(), ranked, terms.places(), rules, pinned);
        return terms.shadows().stream()
                .map(shadow -> shadow.logRatios(request, blended, pool, rules.limits(), positions))
                .toList();
    }

    private List<Position> positions(
            Model model, RankedCandidates blended, ListTerms terms, RandomGenerator random) {
        Candidates candidates = blended.candidates();
        ItemScores ranked = blended.ranked();
        ResolvedRules rules = terms.rules();
        if (temperature > 0 || rules.givePlaces()) {
            return Exploration.draw(model, candidates, ranked, terms, temperature, random);
        }
        int[] chosen = Diversifier.choose(model, ranked, terms.places(), terms.diversity(), rules);
        return Exploration.place(model, candidates, ranked, chosen, rules, random);
    }

    /**
     * Returns the places, the first ones with their reasons, in the order of the positions.
     *
     * @param ratios of each shadow, one for each position
     * @param explained the number of places with reasons, or more
     */
    private List<Ranked> explained(
            RequestContext request,
            RankedCandidates blended,
            List<Position> positions,
            List<float[]> ratios,
            int explained) {
        ItemScores ranked = blended.ranked();
        int[] placed =
                positions.stream().mapToInt(position -> ranked.item(position.rank())).toArray();
        int[] first = Arrays.copyOf(placed, Math.min(explained, placed.length));
        Explanation explanation =
                first.length == 0 ? null : new Explanation(request, blended, blend, first);
        List<Ranked> list = new ArrayList<>(placed.length);
        for (int at = 0; at < placed.length; at++) {
            int place = at;
            Position position = positions.get(at);
            Ranked unexplained =
                    new Ranked(
                            placed[at],
                            ranked.score(position.rank()),
                            position,
                            ratios.stream().map(ofShadow -> ofShadow[place]).toList(),
                            blended.sources(placed[at]),
                            List.of(),
                            List.of());
            list.add(
                    explanation == null || at >= first.length
                            ? unexplained
                            : explanation.explained(at, unexplained, true));
        }
        return list;
    }
}
