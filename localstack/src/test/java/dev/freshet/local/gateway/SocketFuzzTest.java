package dev.freshet.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.fuzz.Campaign;
import dev.freshet.testkit.fuzz.Fuzzing;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Fuzz test of the local gateway's socket. */
class SocketFuzzTest {
    static boolean campaign() {
        return Campaign.INPUTS > 0;
    }

    @Test
    void goodRequestsAreAnswered() throws IOException {
        SocketTarget target = new SocketTarget();
        for (byte[] seed : target.seeds()) {
            assertThat(target.answer(seed)).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void mutationsOfGoodRequestsAreAnsweredBelow500OrNotAtAll() {
        assertThat(Fuzzing.findings(new SocketTarget(), 1)).isEmpty();
    }

    @Test
    @EnabledIf("campaign")
    void aCampaignEndsWithoutAFinding() throws Exception {
        Campaign.Outcome outcome = Campaign.run(SocketTarget.class);
        assertThat(outcome.findings()).as("described in %s", outcome.log()).isEmpty();
        assertThat(outcome.inputs()).isGreaterThanOrEqualTo(Campaign.INPUTS);
    }
}
