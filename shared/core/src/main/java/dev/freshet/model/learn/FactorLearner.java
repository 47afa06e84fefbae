package dev.freshet.model.learn;

import dev.freshet.example.Example;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.blend.BlendDraft;
import dev.freshet.model.factor.FactorDraft;
import dev.freshet.model.factor.Factors;
import dev.freshet.model.factor.FoldIn;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.signal.ModelView;

/**
 * Has the factors learn from somebody's first meeting with an item, before it joins the basket: the
 * item takes a step by the reader as folded in from the basket. Every other time one of the
 * reader's latest items, drawn by chance, then takes a step by the reader as the new item and the
 * others tell: so an old meeting teaches again in the light of what was learned since. About 6 µs a
 * step.
 */
public final class FactorLearner {
    /** Of how many meetings one teaches an old one again. */
    private static final int AGAIN = 2;

    private FactorLearner() {}

    public static void learn(
            Example.Interaction interaction,
            int item,
            ModelView live,
            FactorDraft factors,
            BlendDraft chance) {
        Baskets baskets = live.baskets();
        int slot = baskets.slot(interaction.user());
        int[] basket = slot < 0 ? BasketEntries.NONE : baskets.basket(slot);
        if (BasketEntries.find(basket, item) >= 0) {
            return;
        }
        int[] labels = Factors.labels(live.items().item(item));
        factors.begin(item, labels);
        FoldIn user = factors.foldIn();
        int last = fold(basket, -1, user, factors);
        int interactions = live.counts().totals().get(item) + 1;
        factors.step(item, labels, user, interactions);
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
            FactorDraft factors) {
        if (!BasketEntries.positive(basket, drawn)) {
            return;
        }
        int old = BasketEntries.item(basket, drawn);
        FoldIn user = factors.foldIn();
        factors.add(
                user,
                item,
                Factors.worth(Math.min(Preferences.MOST_STRENGTH, interaction.strength())));
        fold(basket, drawn, user, factors);
        int[] labels = Factors.labels(live.items().item(old));
        factors.step(old, labels, user, live.counts().totals().get(old));
    }

    /**
     * Folds the latest items in.
     *
     * @param without the position left out, or −1
     * @return the position of the oldest looked at
     */
    private static int fold(int[] basket, int without, FoldIn user, FactorDraft factors) {
        int at = BasketEntries.size(basket);
        while (at > 0 && !user.isFull()) {
            at--;
            if (at != without && BasketEntries.positive(basket, at)) {
                float strength =
                        Math.min(Preferences.MOST_STRENGTH, BasketEntries.strength(basket, at));
                factors.add(user, BasketEntries.item(basket, at), Factors.worth(strength));
            }
        }
        return at;
    }
}
