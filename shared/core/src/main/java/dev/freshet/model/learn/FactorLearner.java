package dev.freshet.model.learn;

import dev.freshet.example.Example;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.signal.ModelView;
import dev.freshet.model.vectors.FactorState;
import dev.freshet.model.vectors.Factors;
import dev.freshet.model.vectors.FoldIn;

/**
 * Updates the factors by a user's first interaction with an item, before it joins the basket: the
 * item's vector takes a step by the user's vector as folded in from the basket. Every other time
 * one of the user's latest items, drawn at random, takes a step by the user's vector with the new
 * item included, so that an earlier interaction is learned again in the light of later ones. About
 * 6 µs a step.
 */
public final class FactorLearner {
    /** One of so many interactions teaches an earlier one again. */
    private static final int AGAIN = 2;

    private FactorLearner() {}

    public static void learn(
            Example.Interaction interaction,
            int item,
            ModelView live,
            FactorState.Draft factors,
            BlendState.Draft chance) {
        int[] basket = live.baskets().basket(interaction.user());
        if (BasketEntries.find(basket, item) >= 0) {
            return;
        }
        int[] labels = Factors.labels(live.items().item(item));
        factors.begin(item, labels);
        FoldIn user = factors.foldIn();
        int last = fold(basket, -1, user, factors);
        int interactions = live.counts().totals().get(item) + 1;
        factors.step(item, labels, user, interactions, live.visibility().shows(item));
        int span = BasketEntries.size(basket) - last;
        if (span > 1 && chance.draw(AGAIN) == 0) {
            again(interaction, item, basket, last + chance.draw(span), live, factors);
        }
    }

    private static void again(
            Example.Interaction interaction,
            int item,
            int[] basket,
            int drawn,
            ModelView live,
            FactorState.Draft factors) {
        if (!BasketEntries.positive(basket, drawn)) {
            return;
        }
        int old = BasketEntries.item(basket, drawn);
        FoldIn user = factors.foldIn();
        factors.add(
                user,
                item,
                Factors.worth(Math.min(Preferences.MAX_STRENGTH, interaction.strength())));
        fold(basket, drawn, user, factors);
        int[] labels = Factors.labels(live.items().item(old));
        factors.step(
                old, labels, user, live.counts().totals().get(old), live.visibility().shows(old));
    }

    /**
     * Folds the latest items in.
     *
     * @param without the position left out, or −1
     * @return the position of the oldest item read
     */
    private static int fold(int[] basket, int without, FoldIn user, FactorState.Draft factors) {
        int at = BasketEntries.size(basket);
        while (at > 0 && !user.isFull()) {
            at--;
            if (at != without && BasketEntries.positive(basket, at)) {
                float strength =
                        Math.min(Preferences.MAX_STRENGTH, BasketEntries.strength(basket, at));
                factors.add(user, BasketEntries.item(basket, at), Factors.worth(strength));
            }
        }
        return at;
    }
}
