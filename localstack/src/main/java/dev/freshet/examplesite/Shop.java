package dev.freshet.examplesite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The made-up shop: 1,000 products with prices and images, 500 users who like one or two of its
 * departments, and their visits, in which they view, fill carts, buy and rate. In the last day
 * everybody looks at {@value #FASHION}.
 */
final class Shop {
    static final int PRODUCTS = 1_000;
    static final int USERS = 500;

    /** The product that everybody looks at in the last day. */
    static final String FASHION = "product-0042";

    private static final Duration FASHION_SINCE = Duration.ofHours(24);
    private static final double FASHION_SHARE = 0.06;
    private static final String SITE = "https://shop.example.org/";
    private static final List<String> BRANDS =
            List.of("Alpaca", "Birch", "Cirrus", "Dune", "Ember", "Fjord", "Granite", "Heron");
    private static final List<String> ADJECTIVES =
            List.of("light", "warm", "classic", "folding", "bright", "sturdy", "soft", "quick");
    private static final List<String> COLOURS = List.of("red", "blue", "green", "black", "yellow");
    private static final List<String> COUNTRIES = List.of("PT", "PT", "DE", "FR", "BR");

    private final Instant end;
    private final RandomGenerator random;
    private final List<ObjectNode> products = new ArrayList<>();
    private final List<ObjectNode> users = new ArrayList<>();
    private final List<int[]> preferred = new ArrayList<>();

    private Shop(long seed, Instant end) {
        this.end = end;
        this.random = new SplittableRandom(seed);
    }

    /** Returns the shop with so many events, which end an hour before {@code end}. */
    static ExampleSite of(long seed, int events, Instant end) {
        Shop shop = new Shop(seed, end);
        for (int number = 1; number <= PRODUCTS; number++) {
            shop.products.add(shop.product(number));
        }
        for (int number = 1; number <= USERS; number++) {
            shop.users.add(shop.user(number));
        }
        EventLines lines = new EventLines(end, shop.random);
        while (lines.size() < events) {
            shop.visit(lines);
        }
        return new ExampleSite(shop.products, shop.users, lines.sorted(events));
    }

    private ObjectNode product(int number) {
        ShopDepartment department = department(number);
        String noun = pick(department.nouns());
        String brand = pick(BRANDS);
        String id = "product-%04d".formatted(number);
        ObjectNode product = JsonNodeFactory.instance.objectNode();
        product.put("itemId", id)
                .put("type", "product")
                .put("title", brand + " " + pick(ADJECTIVES) + " " + noun)
                .put("publishedAt", end.minus(Duration.ofDays(7 + random.nextInt(120))).toString());
        product.putArray("tags").add(department.name()).add(noun);
        ObjectNode attributes = product.putObject("attributes");
        double cheap = random.nextDouble() * random.nextDouble();
        double price = department.least() + cheap * (department.most() - department.least());
        attributes
                .put("price", StrictMath.round(price * 100) / 100.0)
                .put("brand", brand)
                .put("colour", pick(COLOURS))
                .put("stock", StrictMath.max(0, random.nextInt(60) - 5))
                .put("url", SITE + id)
                .put("imageUrl", SITE + "images/" + id + ".jpg");
        if (!department.sizes().isEmpty()) {
            ArrayNode sizes = attributes.putArray("sizes");
            department.sizes().stream().filter(_ -> random.nextBoolean()).forEach(sizes::add);
        }
        product.putObject("repeat").put("rule", "always");
        return product;
    }

    private static ShopDepartment department(int number) {
        return ShopDepartment.ALL.get(number % ShopDepartment.ALL.size());
    }

    private ObjectNode user(int number) {
        int first = skewed(ShopDepartment.ALL.size());
        int second = random.nextInt(ShopDepartment.ALL.size());
        preferred.add(new int[] {first, first, first, second});
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("userId", "user-%03d".formatted(number));
        ObjectNode attributes = user.putObject("attributes");
        attributes.put("country", pick(COUNTRIES)).put("member", random.nextInt(3) == 0);
        attributes.putArray("interests").add(ShopDepartment.ALL.get(first).name());
        return user;
    }

    private void visit(EventLines lines) {
        int who = random.nextInt(USERS);
        ObjectNode user = users.get(who);
        EventLines.Session session =
                lines.session(
                        user.path("userId").asText(), user.at("/attributes/country").asText());
        for (int looks = 3 + random.nextInt(6); looks > 0; looks--) {
            look(session, products.get(chosen(who, session.at()) - 1));
        }
    }

    /** Returns the number of the product that a user looks at. */
    private int chosen(int who, Instant at) {
        boolean fashion = at.isAfter(end.minus(FASHION_SINCE));
        if (fashion && random.nextDouble() < FASHION_SHARE) {
            return Integer.parseInt(FASHION.substring("product-".length()));
        }
        int departments = ShopDepartment.ALL.size();
        int department = preferred.get(who)[random.nextInt(4)];
        int within = skewed(PRODUCTS / departments);
        int number = within * departments + department;
        return number == 0 ? PRODUCTS : number;
    }

    private void look(EventLines.Session session, ObjectNode product) {
        String id = product.path("itemId").asText();
        double price = product.at("/attributes/price").asDouble();
        session.add("view", id);
        if (random.nextDouble() < 0.25) {
            money(session.add("cart", id), price);
            if (random.nextDouble() < 0.5) {
                money(session.add("purchase", id), price);
                if (random.nextDouble() < 0.3) {
                    session.add("rating", id).put("value", 3 + random.nextInt(3));
                }
            }
        } else if (random.nextDouble() < 0.06) {
            session.add("like", id);
        }
    }

    private static void money(ObjectNode event, double price) {
        event.putObject("value").put("amount", price).put("currency", "EUR");
    }

    /** Returns a number from 0, the lower the more often. */
    private int skewed(int size) {
        return (int) (size * StrictMath.pow(random.nextDouble(), 2.5));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
