package dev.freshet.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.fuzz.Campaign;
import dev.freshet.testkit.fuzz.Fuzzing;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** As {@code dev.freshet.testkit.fuzz.FuzzTest}, for the local gateway. */
class SocketFuzzTest {
    static boolean campaign() {
        return Campaign.INPUTS > 0;
    }

    @Test
    void good_requests_are_answered() throws IOException {
        SocketTarget target = new SocketTarget();
        for (byte[] seed : target.seeds()) {
            assertThat(target.answer(seed)).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void mutations_of_good_requests_are_answered_below_500_or_not_at_all() {
        assertThat(Fuzzing.findings(new SocketTarget(), 1)).isEmpty();
    }

    @Test
    @EnabledIf("campaign")
    void a_campaign_ends_without_a_finding() throws Exception {
        Campaign.Outcome outcome = Campaign.run(SocketTarget.class);
        assertThat(outcome.findings()).as("told in %s", outcome.log()).isEmpty();
        assertThat(outcome.inputs()).isGreaterThanOrEqualTo(Campaign.INPUTS);
    }
}
