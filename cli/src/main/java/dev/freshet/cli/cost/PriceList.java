package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * AWS's list prices in one region, without free tiers, each with the address of the page that
 * states it.
 *
 * @param region the region, such as {@code us-east-1}
 * @param asOf the month of the prices, such as {@code 2025-06}
 * @param prices the price of each charge
 */
public record PriceList(String region, String asOf, Map<Charge, Price> prices) {
    private static final String RESOURCE = "prices.json";

    /**
     * The price of one charge: {@code usd} for {@code per} units. A charge whose price falls with
     * the month's quantity has several tiers.
     */
    public record Price(String unit, double per, List<Tier> tiers, String source) {
        public Price {
            tiers = List.copyOf(tiers);
        }

        private double of(double quantity) {
            double sum = 0;
            double from = 0;
            for (Tier tier : tiers) {
                double within = Math.max(0, Math.min(quantity, tier.upTo()) - from);
                sum += within / per * tier.usd();
                from = tier.upTo();
            }
            return sum;
        }
    }

    /**
     * A tier of a price.
     *
     * @param upTo the quantity at which the next tier begins; infinite for the last one
     */
    public record Tier(double upTo, double usd) {}

    public PriceList {
        prices = Collections.unmodifiableMap(new EnumMap<>(prices));
    }

    /** Reads the list that comes with the command line. */
    public static PriceList load() {
        JsonNode file = Resource.json(RESOURCE);
        Map<Charge, Price> prices = new EnumMap<>(Charge.class);
        for (Charge charge : Charge.values()) {
            JsonNode price = file.path("prices").path(charge.key());
            if (price.isMissingNode()) {
                throw new IllegalStateException(RESOURCE + " has no price of " + charge.key());
            }
            List<Tier> tiers = new ArrayList<>();
            price.path("tiers")
                    .forEach(
                            tier ->
                                    tiers.add(
                                            new Tier(
                                                    tier.path("upTo")
                                                            .asDouble(Double.POSITIVE_INFINITY),
                                                    tier.path("usd").asDouble())));
            if (tiers.isEmpty()) {
                tiers.add(new Tier(Double.POSITIVE_INFINITY, price.path("usd").asDouble()));
            }
            prices.put(
                    charge,
                    new Price(
                            price.path("unit").asText(),
                            price.path("per").asDouble(1),
                            tiers,
                            price.path("source").asText()));
        }
        return new PriceList(file.path("region").asText(), file.path("asOf").asText(), prices);
    }

    /** Returns the price of a month's quantity, in dollars. */
    public double of(Charge charge, double quantity) {
        return price(charge).of(quantity);
    }

    /** Returns the price of a charge. */
    public Price price(Charge charge) {
        Price price = prices.get(charge);
        if (price == null) {
            throw new IllegalArgumentException("no price of " + charge);
        }
        return price;
    }
}
