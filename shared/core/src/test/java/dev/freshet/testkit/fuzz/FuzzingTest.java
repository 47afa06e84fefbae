package dev.freshet.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A fuzzer that finds nothing may be looking at nothing: planted mistakes must be found. */
class FuzzingTest {
    /** Reads a length from its first byte and believes it. */
    public static class Believing implements FuzzTarget {
        @Override
        public String name() {
            return "planted, a length believed";
        }

        @Override
        public List<byte[]> seeds() {
            return List.of("\u0003abc".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void take(byte[] input) {
            int sum = 0;
            for (int at = 1; input.length > 0 && at <= input[0]; at++) {
                sum += input[at];
            }
            if (sum == Integer.MIN_VALUE) {
                throw new IllegalStateException("never");
            }
        }
    }

    /** Makes room for as much as it is told. */
    public static final class Generous extends Believing {
        @Override
        public String name() {
            return "planted, room without bound";
        }

        @Override
        public void take(byte[] input) {
            byte[] room = new byte[input.length > 0 && input[0] != 3 ? 64 << 20 : 1];
            if (room[0] != 0) {
                throw new IllegalStateException("never");
            }
        }
    }

    static boolean campaign() {
        return Campaign.INPUTS > 0;
    }

    @Test
    void aLengthThatIsBelievedIsFound() {
        assertThat(Fuzzing.findings(new Believing(), 1))
                .isNotEmpty()
                .first()
                .asString()
                .contains("ArrayIndexOutOfBoundsException");
    }

    @Test
    void roomWithoutBoundIsFound() {
        assertThat(Fuzzing.findings(new Generous(), 1))
                .isNotEmpty()
                .first()
                .asString()
                .contains("bytes for an input of");
    }

    @Test
    @EnabledIf("campaign")
    void aCampaignFindsBoth() throws Exception {
        assertThat(Campaign.run(Believing.class).findings())
                .anyMatch(finding -> finding.contains("ArrayIndexOutOfBoundsException"));
        assertThat(Campaign.run(Generous.class).findings())
                .anyMatch(finding -> finding.contains("bytes for an input of"));
    }
}
