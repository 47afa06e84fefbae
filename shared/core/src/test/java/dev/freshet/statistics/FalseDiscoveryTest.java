package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {
    private static boolean[] rejected(double... e) {
        double[] logE = new double[e.length];
        for (int at = 0; at < e.length; at++) {
            logE[at] = Math.log(e[at]);
        }
        return FalseDiscovery.ofEvidence(logE, 0.05);
    }

    @Test
    void oneHypothesisIsRejectedFromTheReciprocalOfAlphaOn() {
        assertThat(rejected(19.9)).containsExactly(false);
        assertThat(rejected(20.1)).containsExactly(true);
    }

    @Test
    void twoStrongFindingsHelpEachOther() {
        assertThat(rejected(31, 1, 1)).containsExactly(false, false, false);
        assertThat(rejected(31, 31, 1)).containsExactly(true, true, false);
        assertThat(rejected(61, 1, 1)).containsExactly(true, false, false);
    }

    @Test
    void withoutHypothesesNothingIsRejected() {
        assertThat(rejected()).isEmpty();
    }
}
