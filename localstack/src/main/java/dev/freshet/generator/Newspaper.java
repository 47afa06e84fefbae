package dev.freshet.generator;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.catalog.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The generated newspaper: {@value #ARTICLES} articles of twelve sections, and a further one every
 * second, so that those that fit a user best are not used up.
 */
public final class Newspaper {
    public static final int ARTICLES = 600;

    /** Time between two articles that appear while the newspaper is read. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    private static final Duration ARCHIVE = Duration.ofDays(4);

    /** Age at which the freshness of an article has halved. */
    private static final Duration HALF_LIFE = Duration.ofHours(36);

    /**
     * Texts were once drawn from the same numbers as authors and qualities. So many numbers are
     * left out in their place, so that published measurements hold for the same articles.
     */
    private static final int UNUSED_DRAWS = 35;

    private Newspaper() {}

    /**
     * Generates a newspaper.
     *
     * @param seed equal seeds and starts give equal newspapers
     * @param users number of users, 1 to 100,000
     * @param start articles are published in the four days before this time, and preferences begin
     *     to drift at it
     */
    public static GeneratedSite of(long seed, int users, Instant start) {
        return GeneratedSite.of(
                seed,
                Topic.ALL,
                ARTICLES,
                (number, random, forText) -> article(number, random, forText, start, ARCHIVE),
                users,
                start,
                new GeneratedSite.LaterItems(
                        (number, random, forText) ->
                                article(
                                        number,
                                        random,
                                        forText,
                                        start.plus(EVERY.multipliedBy(number - ARTICLES + 1L)),
                                        Duration.ZERO),
                        start,
                        EVERY,
                        seed));
    }

    private static GeneratedItem article(
            int number,
            RandomGenerator random,
            RandomGenerator forText,
            Instant latest,
            Duration archive) {
        int topic = random.nextInt(Topic.ALL.size());
        int second = random.nextInt(Topic.ALL.size());
        Topic section = Topic.ALL.get(topic);
        double age = random.nextDouble();
        Instant published = latest.minusMillis((long) (age * age * archive.toMillis()));
        String tag = section.tags().get(random.nextInt(section.tags().size()));
        Story story = Story.write(section, tag, Topic.ALL.get(second), forText);
        for (int draw = 0; draw < UNUSED_DRAWS; draw++) {
            random.nextInt();
        }
        List<String> tags = List.of(section.name(), tag, Topic.ALL.get(second).name());
        Item item =
                Item.of(
                        "article-%03d".formatted(number),
                        1,
                        new Item.Content(
                                "article",
                                null,
                                story.title(),
                                story.text(),
                                tags.stream().distinct().toList(),
                                section.name() + "-desk-" + (1 + random.nextInt(4)),
                                published,
                                Map.of("section", AttributeValue.of(section.name()))));
        return new GeneratedItem(item, topic, second, 0.2 + 0.8 * random.nextDouble(), HALF_LIFE);
    }
}
