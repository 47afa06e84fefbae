package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fuzz.Campaign;
import dev.freshet.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** As {@code dev.freshet.fuzz.FuzzTest}, for what stands behind the API. */
class HandlersFuzzTest {
    static boolean campaign() {
        return Campaign.INPUTS > 0;
    }

    @Test
    void mutations_of_good_requests_are_answered_below_500() {
        assertThat(Fuzzing.findings(new HandlersTarget(), 1)).isEmpty();
    }

    @Test
    @EnabledIf("campaign")
    void a_campaign_ends_without_a_finding() throws Exception {
        Campaign.Outcome outcome = Campaign.run(HandlersTarget.class);
        assertThat(outcome.findings()).as("told in %s", outcome.log()).isEmpty();
        assertThat(outcome.inputs()).isGreaterThanOrEqualTo(Campaign.INPUTS);
    }
}
