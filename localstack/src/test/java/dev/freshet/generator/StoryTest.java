package dev.freshet.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.generator.Grammar.StorySlots;
import dev.freshet.generator.Newspaper.Story;
import dev.freshet.generator.Newspaper.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoryTest {
    private static final Pattern MALFORMED =
            Pattern.compile("[{}|]| {2}|\\b[Aa] (?=[aeio])|\\ban (?=[^aeiouh])| [,.]");

    static Stream<Named<Topic>> topics() {
        return Topic.ALL.stream().map(topic -> Named.of(topic.name(), topic));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyTemplateIsWellFormed(Topic topic) {
        assertThat(topic.grammar().templates()).containsOnlyKeys(topic.tags());
        for (String tag : topic.tags()) {
            for (Grammar.Template template : topic.grammar().under(tag)) {
                StorySlots slots = new StorySlots(topic.grammar(), new SplittableRandom(1));
                String title = slots.fill(template.title());
                String text = slots.fill(template.text());

                assertThat(title).doesNotContainPattern(MALFORMED).doesNotEndWith(".");
                assertThat(text).doesNotContainPattern(MALFORMED).endsWith(".");
                assertThat((title + " " + text).toLowerCase(Locale.ROOT))
                        .as("names its tag")
                        .contains(tag.endsWith("s") ? tag.substring(0, tag.length() - 1) : tag);
                assertThat(text.split("[.?!] ", -1).length).isBetween(2, 3);
                assertThat(title.length()).as(title).isBetween(15, 120);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theLastSentenceNamesAnArticleOfTheSecondTopic(Topic topic) {
        Topic second = Topic.ALL.get((Topic.ALL.indexOf(topic) + 1) % Topic.ALL.size());

        Story story = Story.write(topic, topic.tags().getFirst(), second, new SplittableRandom(3));

        assertThat(story.text()).containsPattern("Also in " + second.name() + ": “.+”\\.$");
        assertThat(Story.write(topic, topic.tags().getFirst(), topic, new SplittableRandom(3)))
                .satisfies(alone -> assertThat(alone.text()).doesNotContain("Also in"));
    }

    @Test
    void ofFiveThousandTitlesFewerThanOnePercentAreSecondOnes() {
        List<String> titles =
                IntStream.range(0, 9)
                        .boxed()
                        .flatMap(seed -> Newspaper.of(seed, 1, Instant.EPOCH).items().stream())
                        .map(article -> article.item().title())
                        .limit(5_000)
                        .toList();

        assertThat(titles).hasSize(5_000);
        assertThat(titles.size() - titles.stream().distinct().count()).isLessThan(50);
    }

    @Test
    void aSlotKeepsItsValueAndANumberedOneHasAnother() {
        Grammar grammar = new Grammar(Map.of("fruit", List.of("apple", "pear")), Map.of());

        for (int seed = 0; seed < 50; seed++) {
            StorySlots slots = new StorySlots(grammar, new SplittableRandom(seed));
            String[] words = slots.fill("{fruit} {fruit2} {fruit} {3-4}").split(" ", -1);

            assertThat(words[0]).isEqualToIgnoringCase(words[2]).isNotEqualToIgnoringCase(words[1]);
            assertThat(words[3]).isIn("3", "4");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StorySlots(grammar, new SplittableRandom(1)).fill("{herb}"));
    }
}
