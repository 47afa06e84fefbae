package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.json.WireName;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.ranking.Ranking.ListTerms;
import dev.freshet.ranking.policy.PlackettLuce;
import dev.freshet.ranking.policy.Softmax;
import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws positions of a list by chance, with propensities for off-policy evaluation in the exposure
 * token: the probability of each position's item given the positions above.
 *
 * <p>Draws go by scores as they are {@link #shown}, and so a propensity, which everybody who gets a
 * list can read to many digits, tells nothing of a score that the response does not. Rounding the
 * propensity itself would leave a token with another probability than the draw had, and would give
 * what is seldom drawn a probability of 0. As it is, the probability is exact, so that estimates by
 * it have no bias. What it costs is that items whose scores differ by less than a step are drawn as
 * equals, or as if a step lay between them.
 *
 * <p>Newcomers: gives items that few users could interact with yet ({@link NewItemSignals}) a fair
 * chance: of every ten positions the fifth goes to one of them, drawn with odds by score (softmax).
 * Lists of fewer than five positions have none, and each new item that is chosen otherwise saves
 * one draw.
 *
 * <p>Everybody else: with a temperature above 0, every other position is drawn by {@link
 * PlackettLuce} from the pool that the {@link Diversifier} would choose from.
 */
public final class Exploration {
    /** First position that is drawn, from 0. */
    static final int FIRST = 4;

    static final int EVERY = 10;

    /** Steps of a score, per log odds. */
    private static final double STEPS = 10;

    private Exploration() {}

    /** How an item came to its position. */
    public enum Kind implements WireName {
        /** By what it is worth. */
        CHOSEN,
        /** By a draw among all. */
        DRAWN,
        /** By a draw among newcomers. */
        NEWCOMER,
        /** By a rule that gives the position to the item. */
        PINNED,
        /** By a rule that gives a share of the positions to such items. */
        PROMOTED
    }

    /**
     * One position of the list.
     *
     * @param rank into the ranked candidates
     * @param propensity probability that the item is at this position, given those above; 1 where
     *     it was not drawn
     */
    public record Position(int rank, double propensity, Kind kind) {}

    /**
     * Returns a score as everybody may know it: the nearest tenth, but for what is above zero a
     * tenth at least. Finer ones would tell counts and times of few people's events.
     */
    public static double shown(double score) {
        double nearest = Math.round(score * STEPS) / STEPS;
        return score > 0 && nearest == 0 ? 1 / STEPS : nearest;
    }

    /** Returns the worths that a place is drawn by: the scores as they are shown. */
    static float[] worths(float[] scores) {
        float[] worths = new float[scores.length];
        for (int rank = 0; rank < worths.length; rank++) {
            worths[rank] = (float) shown(scores[rank]);
        }
        return worths;
    }

    /**
     * Makes a list place by place. Positions that rules give are not drawn: they have a propensity
     * of 1. A position of newcomers that such an item has becomes the next one that is free.
     *
     * @param ranked every candidate, best first
     * @param temperature of the policy; at 0 positions go to what is worth most
     * @return positions with their propensities; as long as the list of the diversifier
     */
    public static List<Position> draw(
            Model model,
            Candidates candidates,
            ItemScores ranked,
            ListTerms terms,
            double temperature,
            RandomGenerator random) {
        int places = terms.places();
        GivenPlaces given = new GivenPlaces(terms.rules(), ranked, places);
        DiversePool pool =
                Diversifier.pool(
                        model,
                        ranked,
                        temperature > 0 ? worths(ranked.scores()) : ranked.scores(),
                        places,
                        terms.diversity(),
                        terms.rules(),
                        given.pinned());
        PlackettLuce policy = PlackettLuce.of(temperature, pool);
        List<Position> positions = new ArrayList<>();
        IntIndex taken = new IntIndex(places);
        for (int pinned : given.pinned()) {
            taken.orderOrInsert(pinned);
        }
        int earned = 0;
        int owed = 0;
        while (positions.size() < places) {
            int at = positions.size();
            owed += at >= FIRST && (at - FIRST) % EVERY == 0 ? 1 : 0;
            int saved = Math.min(earned, owed);
            earned -= saved;
            owed -= saved;
            Position position = given.next(pool, taken, at);
            if (position == null && owed > 0) {
                owed--;
                position = newcomer(candidates, ranked, given.eligible(), pool, taken, random);
            }
            if (position == null && pool.best() >= 0) {
                position = temperature > 0 ? drawn(policy.draw(pool, random)) : best(pool);
            }
            if (position == null) {
                position = given.nextPin();
            }
            if (position == null) {
                break;
            }
            earned +=
                    position.kind != Kind.NEWCOMER
                                    && isNewcomer(candidates, ranked.item(position.rank))
                            ? 1
                            : 0;
            given.place(position.rank);
            pool.place(position.rank);
            taken.orderOrInsert(position.rank);
            positions.add(position);
        }
        return List.copyOf(positions);
    }

    private static Position drawn(Draw draw) {
        return new Position(draw.index(), draw.probability(), Kind.DRAWN);
    }

    private static Position best(DiversePool pool) {
        return new Position(pool.best(), 1, Kind.CHOSEN);
    }

    private static @Nullable Position newcomer(
            Candidates candidates,
            ItemScores ranked,
            int eligible,
            DiversePool pool,
            IntIndex taken,
            RandomGenerator random) {
        int[] newcomers =
                newcomers(candidates, ranked, eligible, taken, rank -> !pool.barred(rank));
        return newcomers.length == 0 ? null : draw(ranked, newcomers, random);
    }

    /**
     * Replaces positions of the list by drawn items.
     *
     * @param ranked every candidate, best first
     * @param chosen ranks, best position first
     * @param rules of which limits and the least chance apply
     * @return as many positions as were chosen
     */
    public static List<Position> place(
            Model model,
            Candidates candidates,
            ItemScores ranked,
            int[] chosen,
            ResolvedRules rules,
            RandomGenerator random) {
        List<Position> places = new ArrayList<>();
        int eligible = rules.eligible(ranked);
        ValueLimits limits = new ValueLimits(model, rules.limits());
        IntIndex taken = new IntIndex(chosen.length);
        int earned = 0;
        for (int rank : chosen) {
            limits.place(ranked.item(rank));
            taken.orderOrInsert(rank);
            earned += isNewcomer(candidates, ranked.item(rank)) ? 1 : 0;
            places.add(new Position(rank, 1, Kind.CHOSEN));
        }
        for (int at = FIRST + EVERY * earned; at < chosen.length; at += EVERY) {
            int[] newcomers =
                    newcomers(
                            candidates,
                            ranked,
                            eligible,
                            taken,
                            rank -> limits.allow(ranked.item(rank)));
            if (newcomers.length == 0) {
                break;
            }
            Position drawn = draw(ranked, newcomers, random);
            places.add(at, drawn);
            places.removeLast();
            taken.orderOrInsert(drawn.rank);
            limits.place(ranked.item(drawn.rank));
        }
        return List.copyOf(places);
    }

    private static int[] newcomers(
            Candidates candidates,
            ItemScores ranked,
            int eligible,
            IntIndex taken,
            IntPredicate different) {
        int[] found = new int[eligible];
        int size = 0;
        for (int rank = 0; rank < eligible; rank++) {
            int item = ranked.item(rank);
            if (isNewcomer(candidates, item) && taken.order(rank) < 0 && different.test(rank)) {
                found[size++] = rank;
            }
        }
        return Arrays.copyOf(found, size);
    }

    private static boolean isNewcomer(Candidates candidates, int item) {
        return (candidates.sources(candidates.slot(item)) & NewItemSignals.SOURCE.bit()) != 0;
    }

    private static Position draw(ItemScores ranked, int[] newcomers, RandomGenerator random) {
        double[] logOdds = new double[newcomers.length];
        for (int i = 0; i < logOdds.length; i++) {
            logOdds[i] = shown(ranked.score(newcomers[i]));
        }
        Draw draw = Softmax.draw(logOdds, random);
        return new Position(newcomers[draw.index()], draw.probability(), Kind.NEWCOMER);
    }
}
