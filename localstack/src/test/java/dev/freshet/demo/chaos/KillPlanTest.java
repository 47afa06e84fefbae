package dev.freshet.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillPlanTest {

    @Test
    void equalSeedsGiveEqualPlans() {
        assertThat(KillPlan.of(7, 60, Chaos.PROCESSES))
                .isEqualTo(KillPlan.of(7, 60, Chaos.PROCESSES));
        assertThat(KillPlan.of(8, 60, Chaos.PROCESSES))
                .isNotEqualTo(KillPlan.of(7, 60, Chaos.PROCESSES));
    }

    @Test
    void eachProcessIsKilledOnceBeforeOneIsKilledAgain() {
        for (long seed = 0; seed < 100; seed++) {
            List<Kill> plan = KillPlan.of(seed, 60, Chaos.PROCESSES);

            assertThat(plan).as("seed %d", seed).hasSizeBetween(5, 12);
            assertThat(new HashSet<>(plan.subList(0, 4).stream().map(Kill::process).toList()))
                    .as("seed %d", seed)
                    .hasSize(4);
            assertThat(plan).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
            assertThat(plan.getLast().at()).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void aShortRunKillsEachOnce() {
        assertThat(KillPlan.of(1, 5, Chaos.PROCESSES)).extracting(Kill::process).hasSize(4);
    }

    @Test
    void aRequestInFlightWhenTheProcessWasKilledCountsAsMadeWhileDown() {
        Uptime uptime = new Uptime();
        long before = uptime.generation();
        uptime.count(before, true, false);
        uptime.count(before, false, false);
        uptime.down();
        uptime.count(before, false, false);
        uptime.count(uptime.generation(), false, false);
        uptime.up();
        uptime.count(before, false, false);
        uptime.count(uptime.generation(), true, true);

        assertThat(uptime.counts()).isEqualTo(new Uptime.Counts(3, 2, 1, 3));
    }
}
