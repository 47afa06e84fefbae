package dev.freshet.model.signal;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.Context;
import dev.freshet.example.Example.Standing;
import dev.freshet.model.Components;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.history.Preferences;
import dev.freshet.profile.AttributeRules.Cohort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CohortSignalsTest extends SignalScene {
    private static final int NURSES = 7;
    private static final int COOKS = 8;

    private void click(long user, String item, Integer... cohorts) {
        stream.add(
                examples.interaction(user, item, Duration.ofSeconds(stream.size()))
                        .with(Standing.ofCohorts(List.of(cohorts))));
    }

    private Model model() {
        return model(3);
    }

    private static float lift(Model model, String item, int... cohorts) {
        List<Cohort> of = new ArrayList<>();
        for (int id : cohorts) {
            of.add(new Cohort("profession", id));
        }
        return lift(model, item, Preferences.NONE.of(of, List.of()));
    }

    private static float lift(Model model, String item, Preferences preferences) {
        Signals signals = Signals.of(model, preferences, Context.UNKNOWN, model.clock());
        return of(model, signals, item, CohortSignals.COHORT_LIFT);
    }

    private void tenNursesReadAboutCareAndTenCooksAboutBread() {
        for (int user = 0; user < 10; user++) {
            click(user, "care", NURSES);
            click(100 + user, "bread", COOKS);
            click(user, "weather", NURSES);
            click(100 + user, "weather", COOKS);
        }
    }

    @Test
    void whatTheUsersOfACohortTakeIsLiftedForAnother() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        Model model = model();
        // ten of ten users, with ten more of whom one half is assumed to be of the cohort
        assertThat(lift(model, "care", NURSES)).isCloseTo((float) Math.log(1.5), within(1e-6f));
        assertThat(lift(model, "weather", NURSES)).isCloseTo(0, within(1e-6f));
        assertThat(lift(model, "bread", NURSES)).isNegative();
        assertThat(lift(model, "care")).isZero();
        assertThat(lift(model, "care", 12_345)).isZero();
    }

    @Test
    void aUserOfTwoCohortsGetsTheSumOfBoth() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        Model model = model();
        float both = lift(model, "care", NURSES) + lift(model, "care", COOKS);
        assertThat(lift(model, "care", NURSES, COOKS)).isCloseTo(both, within(1e-6f));
    }

    @Test
    void whatFewerPeopleThanKTookIsNotTold() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        click(1, "a secret", NURSES);
        click(2, "a secret", NURSES);
        assertThat(lift(model(), "a secret", NURSES)).isZero();
        click(3, "a secret", NURSES);
        assertThat(lift(model(), "a secret", NURSES)).isPositive();
    }

    @Test
    void howManyOfACohortTookSomethingIsNotToldBelowK() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        float before = lift(model(), "bread", NURSES);
        click(1, "bread", NURSES);
        float one = lift(model(), "bread", NURSES);
        click(2, "bread", NURSES);
        float two = lift(model(), "bread", NURSES);
        // eleven and twelve users are told, and none, one or two of them read as three
        assertThat(one).isLessThan(before);
        assertThat(two).isLessThan(one);
        click(3, "bread", NURSES);
        click(4, "bread", NURSES);
        assertThat(lift(model(), "bread", NURSES)).isGreaterThan(two);
    }

    @Test
    void aUserWithALongHistoryHasNoCohorts() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        Model model = model();
        Preferences many =
                Components.with(Preferences.NONE, "interactions", 16)
                        .of(List.of(new Cohort("profession", NURSES)), List.of());
        assertThat(lift(model, "care", many)).isZero();
    }

    @Test
    void whoChangesCohortsTakesTheirChoicesAlong() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        for (int user = 0; user < 10; user++) {
            click(user, "weather", COOKS);
        }
        Model model = model();
        assertThat(model.baskets().cohortSizes().share(COOKS)).isEqualTo(1);
        assertThat(model.baskets().cohortSizes().share(NURSES)).isZero();
        assertThat(lift(model, "care", NURSES)).isZero();
        for (int user = 0; user < 10; user++) {
            click(user, "weather");
        }
        assertThat(model().baskets().cohortSizes().members()).isEqualTo(10);
    }

    @Test
    void anErasedUserIsInNoCohort() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        stream.addAll(Examples.times(10, examples::forget));
        Baskets.CohortSizes sizes = model().baskets().cohortSizes();
        assertThat(sizes.byCohort()).containsOnlyKeys(COOKS);
        assertThat(sizes.members()).isEqualTo(10);
    }

    @Test
    void whoeverLogsInKeepsTheCohortsOfTheKnownUserOrElseBringsThem() {
        click(1, "care", NURSES);
        click(2, "care", COOKS);
        click(3, "care");
        stream.add(examples.merge(1, 2));
        assertThat(model().baskets().cohortSizes().byCohort()).containsOnlyKeys(COOKS);
        stream.add(examples.merge(2, 3));
        assertThat(model().baskets().cohortSizes().byCohort()).containsOnlyKeys(COOKS);
        assertThat(model().baskets().cohortSizes().members()).isEqualTo(1);
    }

    @Test
    void whoDoesNotCountForOthersYetIsInNoCohort() {
        Standing waiting = new Standing(60, List.of(7), List.of());
        stream.add(examples.interaction(1, "care").with(waiting));
        assertThat(model().baskets().cohortSizes().members()).isZero();
        stream.add(examples.interaction(1, "care", Duration.ofMinutes(2)).with(waiting));
        assertThat(model().baskets().cohortSizes().members()).isEqualTo(1);
    }

    @Test
    void aSnapshotKeepsTheCohorts() {
        tenNursesReadAboutCareAndTenCooksAboutBread();
        Model model = model();
        Model read = reread(model);
        assertThat(read.baskets().cohortSizes()).isEqualTo(model.baskets().cohortSizes());
        assertSameBytes(read, model);
        assertThat(lift(read, "care", NURSES)).isEqualTo(lift(model, "care", NURSES));
    }

    @Test
    void atMostAThousandCohortsAreKnownUntilOneIsEmpty() {
        for (int user = 0; user < Baskets.CohortSizes.MOST; user++) {
            click(user, "weather", 1_000 + user);
        }
        click(9_999, "weather", 5);
        assertThat(model().baskets().cohortSizes().byCohort())
                .hasSize(Baskets.CohortSizes.MOST)
                .doesNotContainKey(5);
        stream.add(examples.forget(0));
        click(9_999, "weather", 5);
        assertThat(model().baskets().cohortSizes().byCohort()).containsEntry(5, 1);
    }
}
