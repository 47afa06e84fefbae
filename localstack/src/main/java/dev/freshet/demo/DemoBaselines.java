package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.generator.GeneratedItem;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.SimulatedUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Compares recommended lists with popular and random ones, made for one user at one moment, by the
 * generator's known click probabilities.
 */
final class DemoBaselines {
    private final GeneratedSite site;
    private final PopularChoice popular = new PopularChoice();
    private final ClickRates rates = new ClickRates();

    DemoBaselines(GeneratedSite site) {
        this.site = site;
    }

    void clicked(String itemId) {
        popular.clicked(itemId);
    }

    ClickRates.Rates rates() {
        return rates.rates();
    }

    /**
     * Compares one list.
     *
     * @param answer response of {@code POST /v1/recommendations}
     * @param seen ids of the items that the user has clicked, which the popular list leaves out too
     */
    void compare(
            SimulatedUser user,
            JsonNode answer,
            Set<String> seen,
            Instant now,
            RandomGenerator random) {
        List<String> shown = new ArrayList<>();
        answer.path("items").forEach(item -> shown.add(item.path("itemId").asText()));
        List<String> mostClicked = new ArrayList<>(popular.top(Simulation.LIST_LENGTH, seen));
        while (mostClicked.size() < Simulation.LIST_LENGTH) {
            mostClicked.add(anyItem(random));
        }
        List<String> anything = new ArrayList<>();
        for (int i = 0; i < Simulation.LIST_LENGTH; i++) {
            anything.add(anyItem(random));
        }
        rates.add(mean(user, shown, now), mean(user, mostClicked, now), mean(user, anything, now));
    }

    private String anyItem(RandomGenerator random) {
        return site.items().get(random.nextInt(site.items().size())).item().itemId();
    }

    /**
     * Returns the mean click probability over all positions; a position that is empty or holds an
     * unknown item counts as 0.
     */
    private double mean(SimulatedUser user, List<String> itemIds, Instant now) {
        double sum = 0;
        for (int i = 0; i < itemIds.size(); i++) {
            GeneratedItem article = site.item(itemIds.get(i));
            if (article != null) {
                sum += site.clickProbability(user, article, i, now);
            }
        }
        return sum / Simulation.LIST_LENGTH;
    }
}
