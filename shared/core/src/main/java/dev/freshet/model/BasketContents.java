package dev.freshet.model;

import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.history.BasketEntries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model holds of one reader's meetings with one item.
 *
 * @param lastInteractionAt to the second, in event time
 * @param strength sum over the events standing; negative for an item disliked on balance
 * @param events how many stand, ≤ 255
 * @param stars the latest rating, 0.5 to 5; 0 where nobody rated
 */
public record BasketContents(
        String itemId, Instant lastInteractionAt, double strength, int events, double stars) {
    /** The reader's basket, in the order of first meeting; empty where the model knows nobody. */
    public static List<BasketContents> of(Model model, Pseudonym user) {
        Baskets baskets = model.state().baskets();
        int slot = baskets.slot(user);
        if (slot < 0) {
            return List.of();
        }
        int[] basket = baskets.basket(slot);
        List<BasketContents> held = new ArrayList<>(BasketEntries.size(basket));
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            held.add(
                    new BasketContents(
                            model.items().id(BasketEntries.item(basket, at)),
                            ModelTime.instant(BasketEntries.lastInteractionAt(basket, at)),
                            BasketEntries.strength(basket, at),
                            BasketEntries.events(basket, at),
                            BasketEntries.halfStars(basket, at) / 2.0));
        }
        return held;
    }
}
