package dev.freshet.model;

import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.history.BasketEntries;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The model's record of one user's interactions with one item.
 *
 * @param lastInteractionAt event time of the latest interaction, to the second
 * @param strength sum of strengths over the interactions that were not retracted; negative for an
 *     item disliked on balance
 * @param events number of interactions that were not retracted, ≤ 255
 * @param stars the latest rating, 0.5 to 5; 0 where the user has not rated the item
 */
public record BasketContents(
        String itemId, Instant lastInteractionAt, double strength, int events, double stars) {
    /**
     * Returns the user's basket, in the order of first interaction, and after it what waits for an
     * item to be put into the catalogue; empty where the model has nothing of the user.
     */
    public static List<BasketContents> of(Model model, Pseudonym user) {
        List<BasketContents> held = new ArrayList<>(basket(model, user));
        Map<String, BasketContents> waiting = new LinkedHashMap<>();
        for (Example.Interaction one : model.waiting().inOrder()) {
            if (one.user().equals(user)) {
                waiting.merge(one.target().id(), of(one), BasketContents::and);
            }
        }
        held.addAll(waiting.values());
        return List.copyOf(held);
    }

    private static BasketContents of(Example.Interaction one) {
        Instant at = one.at().truncatedTo(ChronoUnit.SECONDS);
        return new BasketContents(one.target().id(), at, one.strength(), 1, one.stars());
    }

    private BasketContents and(BasketContents later) {
        return new BasketContents(
                itemId,
                later.lastInteractionAt.isAfter(lastInteractionAt)
                        ? later.lastInteractionAt
                        : lastInteractionAt,
                strength + later.strength,
                events + later.events,
                later.stars > 0 ? later.stars : stars);
    }

    private static List<BasketContents> basket(Model model, Pseudonym user) {
        int[] basket = model.baskets().all(user);
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
