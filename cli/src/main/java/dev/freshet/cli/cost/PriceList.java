package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * AWS's list prices in one region, without free tiers, each with the address of the page that
 * states it.
 *
 * @param region the region, such as {@code us-east-1}
 * @param asOf the month of the prices, such as {@code 2025-06}
 * @param prices by the key of the charge
 */
public record PriceList(String region, String asOf, Map<String, Price> prices) {
    /**
     * Reads the JSON files that come with this package. What a file is silent about is 0 or null.
     */
    static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final String RESOURCE = "prices.json";

    /**
     * The price of one charge: {@code usd} for {@code per} units, or, where the price falls with
     * the month's quantity, the tiers of it.
     */
    public record Price(String unit, double per, double usd, List<Tier> tiers, String source) {
        public Price {
            tiers = tiers == null ? List.of(new Tier(0, usd)) : List.copyOf(tiers);
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
     * @param upTo the quantity at which the next tier begins; infinite for the last one, which has
     *     none in the file
     */
    public record Tier(double upTo, double usd) {
        public Tier {
            upTo = upTo == 0 ? Double.POSITIVE_INFINITY : upTo;
        }
    }

    public PriceList {
        prices = Map.copyOf(prices);
    }

    /** Reads the list that comes with the command line. */
    public static PriceList load() {
        PriceList list = resource(RESOURCE, PriceList.class);
        for (Charge charge : Charge.values()) {
            list.price(charge);
        }
        return list;
    }

    /** Reads a file that comes with this package. */
    static <T> T resource(String name, Class<T> type) {
        try (InputStream in = PriceList.class.getResourceAsStream(name)) {
            return JSON.readValue(Objects.requireNonNull(in, name), type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the price of a month's quantity, in dollars. */
    public double of(Charge charge, double quantity) {
        return price(charge).of(quantity);
    }

    /** Returns the price of a charge. */
    public Price price(Charge charge) {
        Price price = prices.get(charge.key());
        if (price == null) {
            throw new IllegalStateException(RESOURCE + " has no price of " + charge.key());
        }
        return price;
    }
}
