package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.demo.SimulatedSession.SessionScript;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.Newspaper;
import dev.freshet.generator.OutdoorShop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The sites that the demo can show. A further one is a constant here, with its generator and a file
 * of the words that the playground uses, which is named as the constant.
 */
public enum DemoWorld {
    /** Articles that are read. */
    NEWSPAPER {
        @Override
        public GeneratedSite site(long seed, int users, Instant start) {
            return Newspaper.of(seed, users, start);
        }

        @Override
        GeneratedSite month(long seed, int users, Instant start) {
            return Newspaper.of(seed, users, start, BETWEEN_ARTICLES);
        }

        @Override
        void afterClick(
                SessionScript script, GeneratedItem item, double fit, RandomGenerator random) {
            String itemId = item.item().itemId();
            double read = LONGEST_READ * fit * random.nextDouble();
            script.onItem("dwell", itemId).put("value", SHORTEST_READ + read);
            if (random.nextDouble() < LIKE_PROBABILITY * fit) {
                script.onItem("like", itemId);
            }
        }
    },

    /** Products that are put into the cart and bought. */
    SHOP {
        @Override
        public GeneratedSite site(long seed, int users, Instant start) {
            return OutdoorShop.of(seed, users, start);
        }

        @Override
        void afterClick(
                SessionScript script, GeneratedItem item, double fit, RandomGenerator random) {
            if (random.nextDouble() < CART_PROBABILITY * fit) {
                priced(script.onItem("cart", item.item().itemId()), item.item());
                if (random.nextDouble() < PURCHASE_PROBABILITY) {
                    priced(script.onItem("purchase", item.item().itemId()), item.item());
                }
            } else if (random.nextDouble() < LIKE_PROBABILITY * fit / 2) {
                script.onItem("like", item.item().itemId());
            }
        }

        @Override
        Optional<String> picture(Item item) {
            return Optional.of(OutdoorShop.picture(item));
        }

        @Override
        boolean shows(Item item) {
            return item.attributes().get("stock") instanceof AttributeValue.Numeric stock
                    && stock.value() >= 1;
        }
    };

    /**
     * Reading times in seconds: a user stays at least the shortest time after a click, and longer,
     * up to the longest, the better the article fits.
     */
    private static final double SHORTEST_READ = 3;

    private static final double LONGEST_READ = 180;
    private static final double LIKE_PROBABILITY = 0.4;

    /** Time between two articles of a month. */
    private static final Duration BETWEEN_ARTICLES = Duration.ofMinutes(30);

    /** Probability that a product which fits perfectly is put into the cart after a click. */
    private static final double CART_PROBABILITY = 0.5;

    /** Probability that what is in the cart is bought in the same session. */
    private static final double PURCHASE_PROBABILITY = 0.4;

    /** The member of a file of words with the texts of reasons, which are for the API alone. */
    static final String REASON_TEXTS = "reasonTexts";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Generates the site.
     *
     * @param seed equal seeds and starts give equal sites
     * @param users number of users, 1 to 100,000
     * @param start preferences begin to drift at this time
     */
    public abstract GeneratedSite site(long seed, int users, Instant start);

    /** Generates the site at the pace of a month, with a new item each half hour at most. */
    GeneratedSite month(long seed, int users, Instant start) {
        return site(seed, users, start);
    }

    /**
     * Adds what a user does with an item after the click on it.
     *
     * @param fit how well the item fits the user's preferences, 0 to 1
     */
    abstract void afterClick(
            SessionScript script, GeneratedItem item, double fit, RandomGenerator random);

    /** Returns an SVG document that shows the item, where the site has pictures. */
    Optional<String> picture(Item item) {
        return Optional.empty();
    }

    /** Returns the words that the playground uses for this site, and its {@code filter}. */
    ObjectNode words() {
        String file = this + ".json";
        try (InputStream in = DemoWorld.class.getResourceAsStream(file)) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the filter of every list of this site, if it has one. */
    Optional<JsonNode> filter() {
        return words().optional("filter");
    }

    /** Returns whether the {@link #filter} lets a list show the item. */
    boolean shows(Item item) {
        return true;
    }

    /**
     * Returns the settings of the local cloud that shows this site: the given ones, and the texts
     * of reasons that suit the site where it has some and none are given.
     */
    StackSettings settings(StackSettings given) {
        Map<String, String> settings = new HashMap<>(given.given());
        words().optional(REASON_TEXTS)
                .ifPresent(
                        texts ->
                                settings.putIfAbsent(
                                        StackOptions.REASON_TEXTS.name(), texts.toString()));
        return StackSettings.of(settings);
    }

    /** Returns the name of the site in the command line and of its file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void priced(ObjectNode event, Item item) {
        if (item.attributes().get("price") instanceof AttributeValue.Numeric price) {
            event.putObject("value").put("amount", price.value()).put("currency", "EUR");
        }
    }
}
