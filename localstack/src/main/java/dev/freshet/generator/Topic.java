package dev.freshet.generator;

import java.util.List;

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
     * The twelve sections; as in a real newspaper, the shares are skewed and a few sections draw
     * most users.
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
