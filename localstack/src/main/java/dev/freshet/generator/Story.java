package dev.freshet.generator;

import java.util.random.RandomGenerator;

/**
 * Title and text of a generated article.
 *
 * @param title one sentence without a full stop
 * @param text two to four sentences about what the title says; the last one names an article of
 *     another section, unless there is none
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
                        others.pick(second.grammar().under(others.pick(second.tags()))).title());
        return new Story(title, text + " Also in " + second.name() + ": “" + also + "”.");
    }
}
