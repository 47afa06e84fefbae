package dev.freshet.model.learn;

import dev.freshet.example.Example;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.ModelView;
import dev.freshet.model.vectors.FactorState;
import dev.freshet.model.vectors.Factors;
import dev.freshet.model.vectors.FoldIn;

/**
 * Updates the factors by first interactions of users with an item, in groups of {@value #GROUP}
 * people, so that an item's vector never follows one person alone: when a group is complete, and
 * before its last interaction joins the basket, the item's vector takes a step by the vector of
 * each of the item's latest {@value #LEARNED} people, as folded in from their other items. So each
 * of them teaches the item again with the next group, in the light of what the person took up
 * later. About 6 µs a step.
 */
public final class FactorLearner {
    /** Number of people who move an item's vector together. */
    private static final int GROUP = ModelSettings.USUAL_K_ANONYMITY;

    /** Number of people by whose vectors an item's takes a step. */
    private static final int LEARNED = 2 * GROUP;

    private FactorLearner() {}

    public static void learn(
            Example.Interaction interaction, int item, ModelView live, FactorState.Draft factors) {
        Baskets baskets = live.baskets();
        int[] basket = baskets.basket(interaction.user());
        if (BasketEntries.find(basket, item) >= 0) {
            return;
        }
        int[] labels = Factors.labels(live.items().item(item));
        factors.begin(item, labels);
        if ((baskets.holders().count(item) + 1) % GROUP != 0) {
            return;
        }
        int[] holders = baskets.postings(item);
        int interactions = live.counts().totals().get(item) + 1;
        boolean shown = live.visibility().shows(item);
        for (int at = Math.max(0, holders.length - LEARNED + 1); at < holders.length; at++) {
            factors.step(
                    item,
                    labels,
                    fold(baskets.basket(holders[at]), item, factors),
                    interactions,
                    shown);
        }
        factors.step(item, labels, fold(basket, item, factors), interactions, shown);
    }

    /** Folds the latest items of a basket in, without one. */
    private static FoldIn fold(int[] basket, int without, FactorState.Draft factors) {
        FoldIn user = factors.foldIn();
        for (int at = BasketEntries.size(basket) - 1; at >= 0 && !user.isFull(); at--) {
            int item = BasketEntries.item(basket, at);
            if (item != without && BasketEntries.positive(basket, at)) {
                float strength =
                        Math.min(Preferences.MAX_STRENGTH, BasketEntries.strength(basket, at));
                factors.add(user, item, Factors.worth(strength));
            }
        }
        return user;
    }
}
