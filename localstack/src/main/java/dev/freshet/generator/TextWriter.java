package dev.freshet.generator;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Generator of headlines and paragraphs from the vocabulary of topics. */
final class TextWriter {
    private static final List<String> TIMES =
            List.of(
                    "overnight",
                    "after a long week",
                    "once again",
                    "against all expectations",
                    "for the first time",
                    "in front of a small crowd",
                    "before the deadline",
                    "to general surprise");
    private static final List<String> FRAMES =
            List.of(
                    "Why %1$s %3$s %4$s",
                    "How %1$s changed %2$s",
                    "%1$s %3$s %4$s",
                    "What %2$s tells us about %1$s",
                    "Inside the story of %1$s and %2$s",
                    "%1$s, %2$s and what comes next",
                    "The day %1$s %3$s");
    private static final int SENTENCES = 5;

    private final RandomGenerator random;

    TextWriter(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a headline about one topic. */
    String title(Topic topic) {
        return capitalised(
                pick(FRAMES)
                        .formatted(
                                pick(topic.nouns()),
                                pick(topic.nouns()),
                                pick(topic.verbs()),
                                pick(TIMES)));
    }

    /**
     * Returns five sentences, each about the first topic with probability 0.75 and otherwise about
     * the second.
     */
    String paragraph(Topic topic, Topic second) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SENTENCES; i++) {
            Topic of = random.nextDouble() < 0.75 ? topic : second;
            String sentence =
                    pick(of.nouns())
                            + " "
                            + pick(of.verbs())
                            + " "
                            + pick(TIMES)
                            + ", and "
                            + pick(of.nouns())
                            + " "
                            + pick(of.verbs())
                            + " as well.";
            text.append(i == 0 ? "" : " ").append(capitalised(sentence));
        }
        return text.toString();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
