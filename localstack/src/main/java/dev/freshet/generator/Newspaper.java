package dev.freshet.generator;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.Grammar.StorySlots;
import dev.freshet.generator.Newspaper.Topic;
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
        return of(seed, users, start, EVERY);
    }

    /**
     * Generates a newspaper.
     *
     * @param every time between two articles that appear while the newspaper is read
     */
    public static GeneratedSite of(long seed, int users, Instant start, Duration every) {
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
                                        start.plus(every.multipliedBy(number - ARTICLES + 1L)),
                                        Duration.ZERO),
                        start,
                        every,
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
        Item item =
                Item.of(
                        "article-%03d".formatted(number),
                        1,
                        new Item.Content(
                                "article",
                                null,
                                story.title(),
                                story.text(),
                                List.of(section.name(), tag),
                                section.name() + "-desk-" + (1 + random.nextInt(4)),
                                published,
                                Map.of("section", AttributeValue.of(section.name()))));
        return new GeneratedItem(item, topic, second, 0.2 + 0.8 * random.nextDouble(), HALF_LIFE);
    }

    /**
     * A section of the newspaper.
     *
     * @param name name of the section
     * @param share weight of the section when a user's preferred topics are drawn, relative to the
     *     other sections
     * @param tags tags of its articles, besides the section's name
     * @param grammar its stories, under its tags
     */
    record Topic(String name, double share, List<String> tags, Grammar grammar) {
        private static final String FOLDER = "newspaper/";

        Topic {
            tags = List.copyOf(tags);
        }

        private static Topic of(String name, double share, String tags) {
            return new Topic(
                    name,
                    share,
                    List.of(tags.split(" ")),
                    Grammar.read(FOLDER + "common.txt", FOLDER + name + ".txt"));
        }

        /**
         * The twelve sections; as in a real newspaper, the shares are skewed and a few sections
         * draw most users.
         */
        static final List<Topic> ALL =
                List.of(
                        of("football", 1.0, "league cup transfers derby goalkeepers"),
                        of("politics", 0.9, "parliament elections budget coalition reform"),
                        of("technology", 0.8, "chips software robots privacy startups"),
                        of("economy", 0.6, "markets inflation banks trade housing"),
                        of("cinema", 0.6, "premiere festival actors directors screenplay"),
                        of("cooking", 0.5, "recipes bread vegetables spices restaurants"),
                        of("science", 0.5, "astronomy biology physics climate fossils"),
                        of("travel", 0.4, "trains islands hiking hotels cities"),
                        of("music", 0.4, "concerts albums jazz opera vinyl"),
                        of("health", 0.35, "sleep nutrition medicine running hospitals"),
                        of("chess", 0.2, "openings endgames grandmasters tournaments puzzles"),
                        of("gardening", 0.2, "roses compost pruning orchards bees"));
    }

    /**
     * Title and text of a generated article.
     *
     * @param title one sentence without a full stop
     * @param text two to four sentences about what the title says; the last one names an article of
     *     another section, unless there is none. That section is no tag of the article, or reasons
     *     would call it new in a section that it only points to
     */
    record Story(String title, String text) {

        /**
         * Writes a story.
         *
         * @param tag one of the topic's tags, which the story is about
         * @param second the topic of the article that the last sentence names; none if it is {@code
         *     topic}
         */
        static Story write(Topic topic, String tag, Topic second, RandomGenerator random) {
            StorySlots slots = new StorySlots(topic.grammar(), random);
            Grammar.Template template = slots.pick(topic.grammar().under(tag));
            String title = slots.fill(template.title());
            String text = slots.fill(template.text());
            if (second.equals(topic)) {
                return new Story(title, text);
            }
            StorySlots others = new StorySlots(second.grammar(), random);
            String also =
                    others.fill(
                            others.pick(second.grammar().under(others.pick(second.tags())))
                                    .title());
            return new Story(title, text + " Also in " + second.name() + ": “" + also + "”.");
        }
    }
}
