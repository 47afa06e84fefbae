package dev.freshet.generator;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.Grammar.StorySlots;
import dev.freshet.generator.Newspaper.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The generated shop: {@value #PRODUCTS} products of eight departments with brand, colour, price,
 * stock and a drawn picture. One product in twelve is out of stock.
 */
public final class OutdoorShop {
    public static final int PRODUCTS = 600;

    private static final String FOLDER = "shop/";
    private static final Duration RANGE = Duration.ofDays(120);

    /** Age at which the freshness of a product has halved. */
    private static final Duration HALF_LIFE = Duration.ofDays(45);

    private static final int MAX_IN_STOCK = 60;

    private static final Map<String, String> COLOURS =
            Map.of(
                    "red", "#c8413b",
                    "blue", "#3a6ea8",
                    "green", "#3f8f5b",
                    "black", "#5a5f66",
                    "yellow", "#d9a520",
                    "orange", "#dd7a2b");

    private static final Grammar GRAMMAR = Grammar.read(FOLDER + "products.txt");

    /** The departments; the shares are skewed, and a few departments draw most users. */
    static final List<Topic> DEPARTMENTS =
            List.of(
                    department("running", 1.0, "shoe, vest, watch, cap"),
                    department("hiking", 0.9, "boot, backpack, pole, gaiter"),
                    department("camping", 0.7, "tent, sleeping bag, stove, lantern"),
                    department("cycling", 0.6, "helmet, jersey, light, pump"),
                    department("rain", 0.5, "jacket, trousers, umbrella, poncho"),
                    department("climbing", 0.35, "rope, harness, carabiner, chalk bag"),
                    department("water", 0.3, "paddle, wetsuit, mask, dry bag"),
                    department("winter", 0.25, "glove, ski, hat, fleece"));

    /**
     * A kind of product.
     *
     * @param least lowest price in EUR
     * @param most highest price in EUR
     * @param picture elements of an SVG of 64 by 64, in which {@code fill="#"} is the colour
     */
    record Kind(int least, int most, String picture) {}

    static final Map<String, Kind> KINDS =
            Grammar.lines(FOLDER + "kinds.txt").stream()
                    .filter(line -> !line.startsWith("//"))
                    .map(line -> line.split(" \\| ", -1))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    part -> part[0],
                                    part ->
                                            new Kind(
                                                    Integer.parseInt(part[1]),
                                                    Integer.parseInt(part[2]),
                                                    part[3])));

    private OutdoorShop() {}

    /**
     * Generates a shop.
     *
     * @param seed equal seeds and starts give equal shops
     * @param users number of users, 1 to 100,000
     * @param start products came into the shop in the 120 days before this time, and preferences
     *     begin to drift at it
     */
    public static GeneratedSite of(long seed, int users, Instant start) {
        return GeneratedSite.of(
                seed,
                DEPARTMENTS,
                PRODUCTS,
                (number, random, forText) -> product(number, random, forText, start),
                users,
                start,
                null);
    }

    /**
     * Returns the picture of a product as an SVG document.
     *
     * @throws IllegalArgumentException if it is none of this shop's products
     */
    public static String picture(Item product) {
        Kind kind = KINDS.get(product.tags().get(1));
        if (kind == null
                || !(product.attributes().get("colour") instanceof AttributeValue.Text colour)) {
            throw new IllegalArgumentException("There is no picture of " + product.itemId() + ".");
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">"
                + kind.picture().replace("\"#\"", "\"" + COLOURS.get(colour.value()) + "\"")
                + "</svg>";
    }

    private static GeneratedItem product(
            int number, RandomGenerator random, RandomGenerator forText, Instant start) {
        int topic = random.nextInt(DEPARTMENTS.size());
        int second = random.nextInt(DEPARTMENTS.size());
        Topic department = DEPARTMENTS.get(topic);
        String tag = department.tags().get(random.nextInt(department.tags().size()));
        Kind kind = Objects.requireNonNull(KINDS.get(tag), tag);
        double cheap = random.nextDouble() * random.nextDouble();
        double price = StrictMath.floor(kind.least() + cheap * (kind.most() - kind.least())) + 0.9;
        int stock = StrictMath.max(0, random.nextInt(MAX_IN_STOCK) - MAX_IN_STOCK / 12 + 1);
        Instant published = start.minusMillis((long) (random.nextDouble() * RANGE.toMillis()));
        StorySlots slots = new StorySlots(GRAMMAR, forText);
        Grammar.Template template = slots.pick(GRAMMAR.under(tag));
        String title = slots.fill(template.title());
        String also = topic == second ? "" : " Often taken along for " + alsoFor(second) + ".";
        Item item =
                new Item(
                        "product-%04d".formatted(number),
                        1,
                        false,
                        new Item.Content(
                                "product",
                                null,
                                title,
                                slots.fill(template.text()) + also,
                                List.of(department.name(), tag),
                                slots.value("brand"),
                                published,
                                Map.of(
                                        "section", AttributeValue.of(department.name()),
                                        "colour", AttributeValue.of(slots.value("colour")),
                                        "price", AttributeValue.of(price),
                                        "stock", AttributeValue.of(stock))),
                        List.of(),
                        Item.RepeatRule.ALWAYS,
                        Embedding.NONE);
        return new GeneratedItem(item, topic, second, 0.2 + 0.8 * random.nextDouble(), HALF_LIFE);
    }

    private static String alsoFor(int department) {
        String name = DEPARTMENTS.get(department).name();
        return switch (name) {
            case "rain", "water", "winter" -> name + " days";
            default -> name;
        };
    }

    private static Topic department(String name, double share, String kinds) {
        return new Topic(name, share, List.of(kinds.split(", ", -1)), GRAMMAR);
    }
}
