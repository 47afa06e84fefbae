package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.event.EventTypes;
import dev.freshet.model.codec.SnapshotCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Training is deterministic: equal streams give equal bytes, all learned parts included. */
class ReplayTwiceTest {
    /** Environment variable with the parent folder of the data sets. */
    private static final String DATA = "FRESHET_DATA";

    private static byte[] learned(List<ReplayStep> steps) {
        TraceReplay replay = new TraceReplay(ReplaySettings.DEFAULT, List.of());
        for (int from = 0; from < steps.size(); from += 100) {
            replay.learn(steps.subList(from, Math.min(from + 100, steps.size())));
        }
        assertThat(replay.model().blend().steps()).isPositive();
        return SnapshotCodec.encode(replay.model());
    }

    private static List<ReplayStep> generated(long order) {
        Random random = new Random(1);
        int[][] byUser = new int[200][];
        for (int user = 0; user < byUser.length; user++) {
            byUser[user] = random.ints(0, 1_500).distinct().limit(10).toArray();
        }
        GowallaLines lines = new GowallaLines(byUser);
        Split split = new Split(lines, lines, order);
        return split.steps(0, split.size());
    }

    @Test
    void aGeneratedStreamGivesEqualBytesTwiceAndOtherBytesInAnotherOrder() {
        byte[] once = learned(generated(1));
        assertThat(learned(generated(1))).isEqualTo(once);
        assertThat(learned(generated(2))).isNotEqualTo(once);
    }

    @Test
    void deskDropGivesTheSameBytesTwice() throws IOException {
        String data = System.getenv(DATA);
        assumeTrue(data != null, DATA + " names no folder with deskdrop/users_interactions.csv");
        Path file = Dataset.of("deskdrop").file(Path.of(data), "users_interactions.csv");
        Trace trace =
                TraceFile.of(file, TraceFormat.DESKDROP)
                        .read(
                                Instant.parse("2026-01-01T00:00:00Z"),
                                new TraceReader.Ties.Shuffled(1),
                                EventTypes.BUILT_IN,
                                line -> {});
        assertThat(learned(trace.steps())).isEqualTo(learned(trace.steps()));
    }
}
