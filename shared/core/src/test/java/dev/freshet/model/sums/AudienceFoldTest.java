package dev.freshet.model.sums;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Components;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.blend.ContextBucket;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.sums.ItemAudience.AudienceHalfLife;
import dev.freshet.model.sums.TopicWindows.TopicWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sums about the catalogue as the trainer folds them from examples. */
class AudienceFoldTest {
    private static final int DAY = (int) Examples.NOON.getEpochSecond() / 86_400;
    private static final int NOON = ModelTime.of(Examples.NOON);

    private final Examples examples = new Examples();
    private final List<Example> all = new ArrayList<>();

    private Example.Exposure list(String... itemIds) {
        return list(List.of(), itemIds);
    }

    private Example.Exposure list(List<ListCredit> earlier, String... itemIds) {
        List<Example.Exposure.Place> places = new ArrayList<>();
        for (String itemId : itemIds) {
            places.add(new Example.Exposure.Place(itemId, places.size(), 1, false));
        }
        return Components.with(
                Example.Exposure.of(
                        examples.next(), new Pseudonym(7), 24 * DAY, "home", List.of(), places),
                "earlier",
                earlier);
    }

    private static ListCredit click(OutcomeKind kind, boolean seen, int position) {
        return ListCredit.of(
                        kind,
                        new ListCredit.ListPlace(true, "home", List.of(), 24 * DAY, position, 1))
                .clicked(seen, true, List.of());
    }

    private Example.Interaction dwell(long user, String item, int seconds) {
        return examples.interaction(user, item, EventType.DWELL, 1, seconds, Duration.ZERO);
    }

    private Model model() {
        return learned(all);
    }

    private void put(String... itemIds) {
        for (String itemId : itemIds) {
            all.add(Examples.item(itemId, 1, List.of("sport", "tennis")));
        }
    }

    @Test
    void showingsAndClicksInTimeOnSeenListsCount() {
        put("a", "b");
        all.add(examples.interaction(1, "a"));
        all.add(list("a", "b", "unknown"));
        all.add(list("a"));
        all.add(list(List.of(click(OutcomeKind.CLICK, true, 1)), "a", "b"));
        all.add(examples.interaction(7, "a").credited(click(OutcomeKind.CLICK, true, 0)));
        all.add(examples.interaction(7, "a").credited(click(OutcomeKind.LATE_CLICK, true, 0)));
        all.add(examples.interaction(7, "b").credited(click(OutcomeKind.CLICK, false, 1)));
        Model model = model();
        ItemAudience audience = model.audience();
        int a = model.items().index("a");
        int b = model.items().index("b");

        AudienceHalfLife halfLife = AudienceHalfLife.FORTNIGHT;
        assertThat(audience.shown(a, halfLife, NOON)).isCloseTo(3, within(1e-3));
        assertThat(audience.clicked(a, halfLife, NOON)).isCloseTo(1, within(1e-3));
        assertThat(audience.shown(b, halfLife, NOON)).isCloseTo(2, within(1e-3));
        assertThat(audience.clicked(b, halfLife, NOON)).isCloseTo(1, within(1e-3));
    }

    @Test
    void readingAndItsRetractionCount() {
        put("a");
        Example.Interaction first = dwell(1, "a", 30);
        all.add(first);
        all.add(dwell(2, "a", 300));
        all.add(examples.takenBack(first));
        all.add(dwell(1, "a", 90));
        all.add(examples.interaction(1, "a", EventType.SCROLL, 1, 80, Duration.ZERO));
        all.add(examples.interaction(1, "a", EventType.PLAY, 1, 80, Duration.ZERO));
        ItemAudience audience = model().audience();

        assertThat(audience.readings(0)).isEqualTo(2);
        assertThat(audience.seconds(0)).isEqualTo(390);
        assertThat(audience.scrolls(0)).isEqualTo(1);
        assertThat(audience.deepScrolls(0)).isEqualTo(1);
    }

    @Test
    void aUserCountsOncePerItemAndDayForItsTopics() {
        put("a");
        all.add(examples.interaction(1, "a"));
        all.add(examples.interaction(1, "a", Duration.ofMinutes(1)));
        all.add(examples.interaction(2, "a", Duration.ofMinutes(2)));
        all.add(examples.interaction(3, "a", EventType.HIDE, -1, Duration.ofMinutes(3)));
        all.add(examples.interaction(4, "a", Duration.ofMinutes(4)));
        all.add(examples.forget(4));
        int hour = TopicWindows.hour(Examples.NOON.getEpochSecond());
        TopicWindow window = model().topics().hours().getOrDefault(hour, TopicWindow.EMPTY);
        TopicCounts tags = window.of(TopicKind.TAG);

        assertThat(tags.size()).isEqualTo(2);
        assertThat(tags.units(0)).isEqualTo(TopicCounts.UNITS);
    }

    @Test
    void aSnapshotKeepsTheSumsAndAFollowerHasTheSame() {
        put("a", "b");
        all.add(examples.interaction(1, "a"));
        all.add(list("a", "b"));
        all.add(dwell(3, "b", 12));
        Trainer.Step step = Trainer.train(Model.EMPTY, all);
        Model read = reread(step.model());
        var follower = Model.EMPTY.follower();
        follower.follow(DeltaCodec.decode(step.delta()));

        assertThat(read.topics()).isEqualTo(step.model().topics());
        assertThat(read.audience().seconds(read.items().index("b"))).isEqualTo(12);
        assertSameBytes(read, step.model());
        assertSameBytes(follower.seal(), step.model());
    }

    @Test
    void aChoiceIsLearnedBeforeItsClickIsCounted() {
        put("a", "b", "c");
        for (int user = 10; user < 14; user++) {
            all.add(examples.interaction(user, "c"));
        }
        float start = clickRateWeight(model());
        for (int list = 0; list < 400; list++) {
            all.add(list("a", "b"));
            String taken = list % 2 == 0 ? "a" : "b";
            all.add(
                    examples.interaction(7, taken, Duration.ofSeconds(list + 1L))
                            .inList(List.of("a", "b"))
                            .credited(click(OutcomeKind.CLICK, true, list % 2)));
        }

        assertThat(clickRateWeight(model())).isCloseTo(start, within(0.3f));
    }

    private static float clickRateWeight(Model model) {
        ContextBucket any =
                new ContextBucket(
                        HistoryLength.THIN.at(),
                        ContextBucket.UNKNOWN,
                        ContextBucket.UNKNOWN,
                        ContextBucket.UNKNOWN);
        return model.blend()
                .weights(any)[ContextBucket.WITHIN_A_DAY][PopularitySignals.CLICK_RATE.at()];
    }
}
