package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.experiment.Results;
import dev.freshet.experiment.Results.Conclusion;
import dev.freshet.testkit.Thorough;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Experiments on the demo's newspaper, through the whole flow from request to results.
 *
 * <p>With {@code -Dfreshet.aa.seeds=N} equal arms are compared on N sites instead of two, or of
 * twenty in a thorough run.
 */
class NewspaperExperimentTest {
    private static final int USERS = DemoExperiment.USERS;
    private static final int SITES = Integer.getInteger("freshet.aa.seeds", Thorough.number(2, 20));
    private static final int LISTS = 1_000;
    private static final int LOOKS = 10;

    /** The demo's rate: some fifty events a second are twenty lists. */
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private static final Set<Conclusion> ALARMS =
            EnumSet.of(Conclusion.BETTER, Conclusion.WORSE, Conclusion.INVALID);

    @Test
    void equalArmsAreToldApartOnAtMostOneSiteInTen() {
        List<String> alarms = new ArrayList<>();
        for (int seed = 1; seed <= SITES; seed++) {
            NewspaperSite site = new NewspaperSite(seed, USERS, 0);
            site.put(DemoExperiment.definition(false));
            for (int look = 1; look <= LOOKS; look++) {
                site.sessions(LISTS / LOOKS, BETWEEN);
                Results results = site.results(DemoExperiment.ID);
                if (ALARMS.contains(results.conclusion())) {
                    alarms.add("site " + seed + ", look " + look + ": " + results.sentence());
                    break;
                }
            }
            Results last = site.results(DemoExperiment.ID);
            assertThat(last.enrolled()).as("users of site %d", seed).isGreaterThan(USERS / 2);
            assertThat(last.crossed()).as("users of site %d of two arms", seed).isZero();
        }
        assertThat(alarms)
                .as("alarms on %d sites", SITES)
                .hasSizeLessThanOrEqualTo((SITES + 9) / 10);
    }

    @Test
    void personalisedListsAreBetterThanPopularOnesWithinTenMinutesOfTraffic() {
        NewspaperSite site = new NewspaperSite(1, USERS, 0);
        site.put(DemoExperiment.definition(true));
        Results results = site.results(DemoExperiment.ID);
        for (int lists = 0; lists < 12_000; lists += LISTS) {
            site.sessions(LISTS, BETWEEN);
            results = site.results(DemoExperiment.ID);
            if (results.conclusion() != Conclusion.RUNNING) {
                break;
            }
        }
        assertThat(results.conclusion()).as(results.sentence()).isEqualTo(Conclusion.BETTER);
    }
}
