package dev.freshet.model.popularity;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.ids;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PopularityTest {
    private final Examples examples = new Examples();

    private static double count(Model model, String item, HalfLife halfLife, Instant now) {
        return model.popularity().count(model.items().index(item), halfLife, now);
    }

    private static List<String> top(Model model, Scope scope, HalfLife halfLife, int most) {
        return ids(model, model.popularity().top(scope, halfLife, NOON, most));
    }

    @ParameterizedTest
    @EnumSource(HalfLife.class)
    void aCountHalvesWithEachHalfLifeAlsoAcrossGenerations(HalfLife halfLife) {
        Model model = learned(examples.interaction(1, "a"));
        for (int halves = 0; halves <= 15; halves++) {
            Instant later = NOON.plus(halfLife.duration().multipliedBy(halves));
            assertThat(count(model, "a", halfLife, later))
                    .isCloseTo(Math.pow(2, -halves), within(1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource(HalfLife.class)
    void countsAgreeWithSumsOfPowersOverWeeks(HalfLife halfLife) {
        Random random = new Random(7);
        List<Example> interactions = new ArrayList<>();
        double expected = 0;
        Duration end = Duration.ofDays(40);
        for (int user = 0; user < 300; user++) {
            Duration at = Duration.ofSeconds(random.nextLong(end.toSeconds()));
            interactions.add(examples.interaction(user, "a", at));
            expected += Math.pow(2, -(double) end.minus(at).toSeconds() / halfLife.seconds());
        }
        assertThat(count(learned(interactions), "a", halfLife, NOON.plus(end)))
                .isCloseTo(expected, within(expected * 1e-3 + 1e-3));
    }

    @Test
    void aPersonCountsOncePerItemAndDayWhateverTheyDo() {
        Model model =
                learned(
                        examples.interaction(1, "a"),
                        examples.interaction(1, "a", EventType.LIKE, 2, Duration.ofMinutes(1)),
                        examples.interaction(1, "a", Duration.ofHours(1)),
                        examples.interaction(2, "a", Duration.ofHours(1)),
                        examples.interaction(1, "a", Duration.ofHours(24)));
        assertThat(model.popularity().count(model.items().index("a"))).isEqualTo(3);
        assertThat(model.totals().allInteractions()).isEqualTo(5);
    }

    @Test
    void dislikesAndHidesMakeNothingPopular() {
        Model model = learned(examples.interaction(1, "a", EventType.HIDE, -3, Duration.ZERO));
        assertThat(model.popularity().count(model.items().index("a"))).isZero();
        assertThat(top(model, Scope.ALL, HalfLife.TWO_HOURS, 10)).isEmpty();
    }

    @Test
    void aRetractionGivesBackExactlyWhatWasAdded() {
        Example.Interaction other = examples.interaction(2, "a", Duration.ofMinutes(7));
        Model before = learned(other);
        Example.Interaction interaction = examples.interaction(1, "a", Duration.ofMinutes(9));
        Model with = learned(before, interaction);
        Model after = learned(with, examples.takenBack(interaction));
        for (HalfLife halfLife : HalfLife.values()) {
            assertThat(count(with, "a", halfLife, NOON))
                    .isGreaterThan(count(before, "a", halfLife, NOON));
            assertThat(count(after, "a", halfLife, NOON))
                    .isEqualTo(count(before, "a", halfLife, NOON));
        }
        Scope country = Scope.country("BR");
        assertThat(after.popularity().count(0, country, HalfLife.TWO_HOURS, NOON))
                .isEqualTo(before.popularity().count(0, country, HalfLife.TWO_HOURS, NOON));
        assertThat(after.totals().retractions()).isEqualTo(1);
        assertThat(after.totals().allInteractions()).isEqualTo(2);
    }

    @Test
    void toTakeBackALikeLeavesTheViewThatWasCounted() {
        Example.Interaction view = examples.interaction(1, "a", EventType.VIEW, 1, Duration.ZERO);
        Example.Interaction like =
                examples.interaction(1, "a", EventType.LIKE, 2, Duration.ofMinutes(1));
        Model model = learned(view, like, examples.takenBack(like));
        assertThat(model.popularity().count(0)).isEqualTo(1);
        Model none = learned(model, examples.takenBack(view));
        assertThat(none.popularity().count(0)).isZero();
        assertThat(none.users()).isZero();
    }

    @Test
    void ofTwoLikesOfOneSecondFromTwoCountriesTheOneThatCountedIsTakenBack() {
        Example.Interaction brazil = examples.interaction(1, "a");
        Example.Interaction portugal = examples.clickIn("PT", 1, "a", Duration.ZERO);
        Model model = learned(brazil, portugal, examples.takenBack(portugal));
        assertThat(model.popularity().count(0)).isEqualTo(1);
        Model none = learned(model, examples.takenBack(brazil));
        assertThat(none.popularity().count(0)).isZero();
        assertThat(none.scoped().byScope()).isEmpty();
    }

    @Test
    void toTakeBackTwiceTakesBackOnce() {
        Example.Interaction interaction = examples.interaction(1, "a");
        Model model =
                learned(
                        interaction,
                        examples.interaction(2, "a"),
                        examples.takenBack(interaction),
                        examples.takenBack(interaction));
        assertThat(model.popularity().count(0)).isEqualTo(1);
    }

    @Test
    void topsAreOrderedByTheCountAndLeaveDeletedItemsOut() {
        List<Example> interactions = new ArrayList<>();
        for (int user = 0; user < 6; user++) {
            for (int item = 0; item <= user; item++) {
                interactions.add(
                        examples.interaction(user, "item-" + item, Duration.ofMinutes(user)));
            }
        }
        interactions.add(Examples.deleted("item-1", 1));
        Model model = learned(interactions);
        ItemScores top = model.popularity().top(Scope.ALL, HalfLife.THREE_DAYS, NOON, 3);
        assertThat(ids(model, top)).containsExactly("item-0", "item-2", "item-3");
        assertThat(top.scores()).isSortedAccordingTo((a, b) -> Float.compare(b, a));
    }

    @Test
    void countriesDevicesAndTagsHaveTopsOfTheirOwn() {
        Model model =
                learned(
                        Examples.item("a", 1, List.of("football")),
                        Examples.item("b", 1, List.of("chess")));
        model = learned(model, times(3, user -> examples.interaction(user, "a")));
        model = learned(model, examples.interaction(9, "b"));
        Scope chess = Scope.tag("chess");
        Scope brazil = Scope.country("BR");
        assertThat(top(model, chess, HalfLife.HALF_HOUR, 5)).containsExactly("b");
        assertThat(top(model, brazil, HalfLife.TWO_HOURS, 5)).containsExactly("a", "b");
        assertThat(top(model, Scope.device("mobile"), HalfLife.THREE_DAYS, 1)).containsExactly("a");
        assertThat(top(model, Scope.country("DE"), HalfLife.TWO_HOURS, 5)).isEmpty();
        Model known = model;
        assertThatThrownBy(() -> top(known, brazil, HalfLife.HALF_HOUR, 5))
                .isInstanceOf(IllegalArgumentException.class);
        Model retagged = learned(model, Examples.item("b", 2, List.of("go")));
        assertThat(top(retagged, chess, HalfLife.HALF_HOUR, 5)).isEmpty();
        assertThat(retagged.items().tags()).containsExactlyInAnyOrder("football", "go");
    }

    @Test
    void whatRisesBeatsWhatIsSteadilyMorePopular() {
        List<Example> interactions = new ArrayList<>();
        int user = 0;
        for (int hour = -120; hour < 0; hour++) {
            for (int n = 0; n < 3; n++) {
                interactions.add(examples.interaction(user++, "steady", Duration.ofHours(hour)));
            }
        }
        for (int n = 0; n < 5; n++) {
            interactions.add(examples.interaction(user++, "rising", Duration.ofMinutes(-n)));
        }
        interactions.add(examples.interaction(user, "once", Duration.ofMinutes(-1)));
        Model model = learned(interactions);
        assertThat(count(model, "steady", HalfLife.TWO_HOURS, NOON))
                .isGreaterThan(count(model, "rising", HalfLife.TWO_HOURS, NOON));
        assertThat(ids(model, model.popularity().trending(Scope.ALL, NOON, 5)))
                .startsWith("rising")
                .doesNotContain("once");
    }

    @Test
    void aScopeThatIsFullLosesItsLeastPopularItems() {
        Model model = learned(times(3, user -> examples.interaction(user, "kept")));
        model =
                learned(
                        model,
                        times(
                                ScopeCounts.MAX_ITEMS + 100,
                                n ->
                                        examples.interaction(
                                                100 + n, "n" + n, Duration.ofSeconds(n))));
        ScopeCounts counts = Objects.requireNonNull(model.scoped().of(Scope.country("BR")));
        assertThat(counts.size()).isBetween(ScopeCounts.MAX_ITEMS / 2, ScopeCounts.MAX_ITEMS);
        assertThat(model.popularity().count(0, Scope.country("BR"), HalfLife.THREE_DAYS, NOON))
                .isCloseTo(3, within(0.01));
    }
}
