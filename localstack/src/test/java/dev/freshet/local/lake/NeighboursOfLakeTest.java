package dev.freshet.local.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.command.CommandRun;
import dev.freshet.model.memory.ItemNeighbours;
import dev.freshet.model.memory.NeighbourCount;
import dev.freshet.model.memory.PairWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code freshet batch neighbours} over a lake in a folder. */
class NeighboursOfLakeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir private Path state;

    private final List<byte[]> rows = new ArrayList<>();

    private void row(String fields) {
        long micros = NOW.getEpochSecond() * 1_000_000 + rows.size();
        rows.add(
                """
                {%s,"corrected_at":%d,"received_at":%d,"shard":"s","sequence":"%060d"}
                """
                        .formatted(fields, micros, micros, rows.size())
                        .getBytes(UTF_8));
    }

    private void event(String person, String kind, String target, double strength, String more) {
        long micros = NOW.getEpochSecond() * 1_000_000 + rows.size();
        row(
                """
                "kind":"interaction","pseudonym":"%s","event_id":"%s-%s","occurred_ns":%d,"occurred_at":%d,"type":"click","target_kind":"%s","target_id":"%s","strength":%s%s"""
                        .formatted(
                                person,
                                target,
                                more.length(),
                                micros * 1_000,
                                micros,
                                kind,
                                target,
                                strength,
                                more));
    }

    private CommandRun neighbours(String... more) {
        List<String> words = new ArrayList<>(List.of("batch", "neighbours"));
        words.addAll(List.of(more));
        words.add("--state=" + state);
        return CommandRun.of(words.toArray(String[]::new));
    }

    @Test
    void theFileIsCountedWithoutWhatWasTakenBackAndByTheOwnersOfAliases() throws IOException {
        for (int person = 0; person < 3; person++) {
            event("p" + person, "item", "tea", 1, "");
            event(person == 0 ? "alias" : "p" + person, "item", "milk", 1, "");
            event("p" + person, "item", "gone", 1, "");
            event("p" + person, "item", "gone", 1, ",\"retracts\":\"gone-0\"");
            event("p" + person, "tag", "drinks", 1, "");
            event("p" + person, "item", "disliked", -1, "");
        }
        row("\"kind\":\"merge\",\"pseudonym\":\"alias\",\"merged_into\":\"p0\"");
        row("\"kind\":\"merge\",\"pseudonym\":\"alias\",\"merged_into\":\"p9\"");
        try (LocalLake lake = new LocalLake(state.resolve("lake"))) {
            lake.append(rows);
            lake.settle(NOW, 400);
        }
        Path file = state.resolve("neighbours");
        NeighbourCount expected = new NeighbourCount(PairWeights.DEFAULT);
        for (int person = 0; person < 3; person++) {
            expected.add(List.of("tea", "milk"));
        }

        assertThat(neighbours(file.toString(), "--json").json().path("items").asInt()).isEqualTo(2);
        assertThat(Files.readAllBytes(file))
                .isEqualTo(ItemNeighbours.file(expected.nearest(done -> {})));
    }

    @Test
    void aMistakeIsOneSentence() {
        CommandRun none = neighbours("file");
        assertThat(none.code()).isOne();
        assertThat(none.err()).contains("There is no lake").doesNotContain("\tat ");
        assertThat(neighbours("file", "--people=1").err()).contains("--people must be 2 or more");
    }
}
