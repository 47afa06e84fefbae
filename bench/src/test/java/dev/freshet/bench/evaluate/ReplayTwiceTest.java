package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.event.EventTypes;
import dev.freshet.model.SnapshotCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Training is deterministic: equal streams give equal bytes, all learned parts included. */
class ReplayTwiceTest {
    /** Environment variable with the parent folder of the data sets. */
    private static final String DATA = "FRESHET_DATA";

    private static byte[] learned(List<Step> steps) {
        TraceReplay replay = new TraceReplay(ReplaySettings.DEFAULT, List.of(), Map.of());
        for (int from = 0; from < steps.size(); from += 100) {
            replay.learn(steps.subList(from, Math.min(from + 100, steps.size())));
        }
        assertThat(replay.model().blend().steps()).isPositive();
        return SnapshotCodec.encode(replay.model());
    }

    private static List<Step> generated(long order) {
        Random random = new Random(1);
        List<List<Integer>> byUser = new ArrayList<>();
        for (int user = 0; user < 200; user++) {
            byUser.add(random.ints(0, 1_500).distinct().limit(10).boxed().toList());
        }
        GowallaLines lines = new GowallaLines(byUser);
        return lines.plan(lines, order, 1).before();
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
                new TraceReader(
                                TraceFormat.ofFile(file),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                new TraceReader.Ties.Shuffled(1),
                                EventTypes.BUILT_IN)
                        .read(Files.readAllLines(file), List.of(), Map.of());
        assertThat(learned(trace.steps())).isEqualTo(learned(trace.steps()));
    }
}
