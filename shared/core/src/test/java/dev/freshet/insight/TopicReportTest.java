package dev.freshet.insight;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.insight.TopicReport.TopicQuery;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.sums.ItemAudience;
import dev.freshet.model.sums.TopicKind;
import dev.freshet.model.sums.TopicWindows;
import dev.freshet.query.InvalidQueryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Demand against supply and trends, of made-up streams of which the truth is known. */
class TopicReportTest {
    private static final int TAGS = 20;
    private static final Instant NOW = Examples.NOON.plus(Duration.ofMinutes(5));
    private static final int HOUR = TopicWindows.hour(NOW.getEpochSecond());
    private static final TopicQuery TAGS_OF_A_WEEK = new TopicQuery(TopicKind.TAG, 7, null);

    private static Item item(String tag) {
        return Examples.item("item-of-" + tag, 1, List.of(tag)).item();
    }

    private static Model with(TopicWindows topics, Model model) {
        return model.with(ItemAudience.PART, ItemAudience.EMPTY).with(TopicWindows.PART, topics);
    }

    private static TopicReport answer(Model model, TopicQuery query) {
        return answer(model, query, NOW);
    }

    private static TopicReport answer(Model model, TopicQuery query, Instant at) {
        return TopicReport.of(new Versioned(model, 3, at), query);
    }

    private static boolean isListed(TopicReport.Row row) {
        return row.trend() != null && row.trend().listed();
    }

    private static boolean isRising(TopicReport.Row row) {
        return row.trend() != null && row.trend().direction().equals("rising");
    }

    private static TopicReport.Row row(TopicReport report, String topic) {
        return report.topics().stream()
                .filter(row -> row.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static int poisson(SplittableRandom random, double mean) {
        double left = Math.exp(-mean);
        int count = -1;
        double product = 1;
        do {
            count++;
            product *= random.nextDouble();
        } while (product > left);
        return count;
    }

    /** How many interactions a tag has in an hour, on average. */
    private interface Rate {
        double of(int tag, int hour);
    }

    private static TopicWindows stream(long seed, Rate rate) {
        SplittableRandom random = new SplittableRandom(seed);
        TopicWindows.Draft draft = TopicWindows.EMPTY.draft();
        for (int hour = HOUR - 8 * 24 - 1; hour < HOUR; hour++) {
            for (int tag = 0; tag < TAGS; tag++) {
                Item item = item("tag-" + tag);
                for (int left = poisson(random, rate.of(tag, hour)); left > 0; left--) {
                    draft.add(item, hour * 3_600L + 60, "DE", 1);
                }
            }
        }
        return draft.seal();
    }

    /** A catalogue in which each tag has as many items. */
    private static Model catalogue(int itemsOfEach) {
        return learned(
                Examples.times(
                        TAGS * itemsOfEach,
                        n -> Examples.item("item-" + n, 1, List.of("tag-" + n % TAGS))));
    }

    @Test
    void aTagThatIsReadThreeTimesItsSupplyIsToldSo() {
        int within = 0;
        for (long seed = 0; seed < 20; seed++) {
            // a demand of 3 among 19 of 1: its share over that of its supply is 3 · 20 / 22
            TopicWindows topics = stream(seed, (tag, hour) -> tag == 0 ? 6 : 2);
            TopicReport.Row first =
                    answer(with(topics, catalogue(40)), TAGS_OF_A_WEEK).topics().getFirst();
            assertThat(first.topic()).isEqualTo("tag-0");
            assertThat(first.supply()).isEqualTo(40);
            double truth = 3.0 * TAGS / (TAGS + 2);
            within +=
                    Objects.requireNonNull(first.ratio().lower()) <= truth
                                    && truth <= Objects.requireNonNull(first.ratio().upper())
                            ? 1
                            : 0;
        }
        assertThat(within).isGreaterThanOrEqualTo(19);
    }

    @Test
    void aTagThatTriplesIsListedWithinTwoWindows() {
        int first = 0;
        int second = 0;
        int falseOnes = 0;
        int all = 0;
        for (long seed = 0; seed < 100; seed++) {
            Model model =
                    with(
                            stream(seed, (tag, hour) -> tag == 0 && hour >= HOUR - 2 ? 36 : 12),
                            Model.EMPTY);
            TopicReport afterOne = answer(model, TAGS_OF_A_WEEK, NOW.minus(Duration.ofHours(1)));
            TopicReport afterTwo = answer(model, TAGS_OF_A_WEEK);
            boolean atOnce = isRising(row(afterOne, "tag-0"));
            first += atOnce ? 1 : 0;
            second += atOnce || isRising(row(afterTwo, "tag-0")) ? 1 : 0;
            for (TopicReport.Row row : afterOne.topics()) {
                all += isListed(row) ? 1 : 0;
                falseOnes += isListed(row) && !row.topic().equals("tag-0") ? 1 : 0;
            }
        }
        System.out.printf(
                "tripled: listed after one closed hour in %d of 100, after two in %d; %d of %d"
                        + " listed false%n",
                first, second, falseOnes, all);
        assertThat(first).isGreaterThanOrEqualTo(90);
        assertThat(second).isGreaterThanOrEqualTo(99);
        assertThat((double) falseOnes / all).isLessThanOrEqualTo(0.1);
    }

    @Test
    void ofAHundredFlatStreamsFewListAnything() {
        int any = 0;
        for (long seed = 0; seed < 100; seed++) {
            TopicReport report =
                    answer(with(stream(seed, (tag, hour) -> 12), Model.EMPTY), TAGS_OF_A_WEEK);
            any += report.topics().stream().anyMatch(TopicReportTest::isListed) ? 1 : 0;
        }
        System.out.printf("flat: %d of 100 streams list anything%n", any);
        assertThat(any).isLessThanOrEqualTo(10);
    }

    @Test
    void thePresentHourIsDemandAndNoTrend() {
        TopicWindows.Draft draft = stream(1, (tag, hour) -> 12).draft();
        for (int n = 0; n < 1_000; n++) {
            draft.add(item("tag-1"), NOW.getEpochSecond(), null, 1);
        }
        TopicReport report = answer(with(draft.seal(), Model.EMPTY), TAGS_OF_A_WEEK);

        assertThat(report.topics().getFirst().topic()).isEqualTo("tag-1");
        assertThat(isListed(row(report, "tag-1"))).isFalse();
    }

    @Test
    void aCountryIsToldByDay() {
        TopicWindows topics =
                stream(4, (tag, hour) -> tag == 0 && hour / 24 == HOUR / 24 - 1 ? 6 : 2);
        TopicReport report = inCountry(topics, "DE");
        TopicReport other = inCountry(topics, "US");

        assertThat(isRising(row(report, "tag-0"))).isTrue();
        assertThat(row(report, "tag-0").wanted()).isNull();
        assertThat(row(report, "tag-0").supply()).isZero();
        assertThat(other.topics()).allMatch(row -> row.demand() != null && row.demand() == 0);
    }

    @Test
    void whatFewerPeopleOfACountryReadThanOthersMaySeeIsNotTold() {
        Examples examples = new Examples();
        List<Example> done = new ArrayList<>();
        for (int tag = 0; tag < 10; tag++) {
            done.add(Examples.item("item-" + tag, 1, List.of(tag < 9 ? "local" : "world")));
        }
        for (int user = 1; user <= 3; user++) {
            done.add(examples.clickIn(user < 3 ? "BR" : "DE", user, "item-9", Duration.ZERO));
        }
        for (int item = 0; item < 9; item++) { // nine times by two people of Brazil
            done.add(examples.clickIn("BR", 1 + item % 2, "item-" + item, Duration.ZERO));
        }
        Model model = learned(Examples.empty(3), done);

        TopicQuery all = new TopicQuery(TopicKind.TAG, 7, null);
        TopicReport report = answer(model, all);
        assertThat(row(report, "local").demand()).isNull();
        assertThat(row(report, "world").demand()).isNull();
        assertThat(demands(model, "BR")).containsExactly("local null", "world null");

        for (int user = 3; user <= 8; user++) {
            model = learned(model, examples.clickIn("BR", user, "item-0", Duration.ZERO));
        }
        assertThat(row(answer(model, all), "local").demand()).isEqualTo(15);
        assertThat(demands(model, "BR")).containsExactly("local 15.0", "world null");
        assertThat(demands(model, "DE")).containsExactly("world null");
    }

    private static List<String> demands(Model model, String country) {
        TopicReport report = answer(model, new TopicQuery(TopicKind.TAG, 7, country));
        return report.topics().stream().map(row -> row.topic() + " " + row.demand()).toList();
    }

    private static TopicReport inCountry(TopicWindows topics, String country) {
        return answer(with(topics, catalogue(10)), new TopicQuery(TopicKind.TAG, 7, country));
    }

    @Test
    void withoutEarlierDaysThereIsNoTrendAndBelowTheLeastNoRatio() {
        TopicWindows.Draft draft = TopicWindows.EMPTY.draft();
        for (int n = 0; n < 29; n++) {
            draft.add(item("tag-0"), NOW.getEpochSecond() - 3_600, null, 1);
        }
        TopicReport report = answer(with(draft.seal(), catalogue(3)), TAGS_OF_A_WEEK);

        assertThat(row(report, "tag-0").trend()).isNull();
        assertThat(row(report, "tag-0").ratio()).isEqualTo(TopicReport.Ratio.UNKNOWN);
        assertThat(row(report, "tag-0").demand()).isCloseTo(29, within(1e-9));
        assertThat(answer(Model.EMPTY, TAGS_OF_A_WEEK).topics()).isEmpty();
    }

    @Test
    void moreTopicsThanTheBoundAreCutAtTheLeastDemand() {
        List<Example> items =
                Examples.times(
                        TopicReport.MAX_TOPICS + 1,
                        n -> Examples.item("item-" + n, 1, List.of("=cmd <b>" + n)));

        assertThat(answer(learned(items), TAGS_OF_A_WEEK).topics()).hasSize(TopicReport.MAX_TOPICS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by=tags", "by=", "days=0", "days=8", "days=07",
                "days=1e0", "country=de", "country=DEU", "country=", "window=PT1H"
            })
    void aParameterThatIsNoneOrOutOfRangeIsRefused(String parameter) {
        String[] parts = parameter.split("=", 2);

        assertThatThrownBy(() -> TopicQuery.of(Map.of(parts[0], parts[1])))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void whatIsNotNamedIsUsual() {
        assertThat(TopicQuery.of(Map.of())).isEqualTo(TAGS_OF_A_WEEK);
    }
}
