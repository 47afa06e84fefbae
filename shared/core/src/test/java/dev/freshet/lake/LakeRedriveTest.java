package dev.freshet.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Consent;
import dev.freshet.event.EventCodec;
import dev.freshet.features.EventFlow;
import dev.freshet.testkit.LakeFlows;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryObjectStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the delivery stream gave up is taken again and staged as rows. */
class LakeRedriveTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final EventCodec codec = new EventCodec();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final LakeRedrive redrive =
            new LakeRedrive(
                    objects,
                    LakeFlows.withoutProfiles(clock),
                    data ->
                            data.length > 2
                                    ? Optional.of(codec.decode(data).partitionKey())
                                    : Optional.empty(),
                    clock);

    private byte[] click(String user, @Nullable Consent consent) {
        return codec.encode(EventFlow.stating(EventFlow.clicked(user, "a", "e"), consent));
    }

    private static String line(byte[] data) {
        return LakeFlows.givenUp(data, NOW);
    }

    @Test
    void recordsBecomeRowsAndRowsStayRows() {
        objects.put(
                "errors/processing-failed/2026/1",
                (line(click("ann", null))
                                + line(click("bob", new Consent(false, false)))
                                + line(new byte[] {1})
                                + line("{\"kind\":\"interaction\"}\n".getBytes(UTF_8)))
                        .getBytes(UTF_8));

        LakeRedrive.Result result = redrive.run(NOW.plusSeconds(60));

        assertThat(result).isEqualTo(new LakeRedrive.Result(1, 2, 2, 0, false, codes(4)));
        assertThat(objects.keys("", 10)).containsExactly("staging/processing-failed/2026/1.jsonl");
        assertThat(
                        new String(
                                        objects.get("staging/processing-failed/2026/1.jsonl")
                                                .orElseThrow(),
                                        UTF_8)
                                .lines())
                .hasSize(2)
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .contains("errors/processing-failed/2026/1")
                                        .contains("\"sequence\":\"" + "0".repeat(59) + "1\""))
                .contains("{\"kind\":\"interaction\"}");
    }

    @Test
    void anObjectThatFirehoseDidNotWriteStaysAndIsCounted() {
        objects.put("errors/a", "not json".getBytes(UTF_8));
        objects.put("errors/b", line(click("ann", null)).getBytes(UTF_8));

        assertThat(redrive.run(NOW.plusSeconds(60)))
                .isEqualTo(new LakeRedrive.Result(1, 1, 0, 1, false, codes(1)));
        assertThat(objects.keys("", 10)).containsExactly("errors/a", "staging/b.jsonl");
    }

    @Test
    void whyRowsWereGivenUpIsCounted() {
        String refused =
                line("{\"kind\":\"interaction\"}\n".getBytes(UTF_8))
                        .replace("\"x\"", "\"Iceberg.MissingColumnWithinRecord\"");
        objects.put("errors/iceberg-failed/1", (refused + refused).getBytes(UTF_8));

        assertThat(redrive.run(NOW.plusSeconds(60)).codes())
                .containsExactly(Map.entry("Iceberg.MissingColumnWithinRecord", 2));
    }

    private static SortedMap<String, Integer> codes(int records) {
        return new TreeMap<>(Map.of("x", records));
    }

    @Test
    void whatIsNotBegunBeforeTheDeadlineIsLeft() {
        objects.put("errors/b", line(click("ann", null)).getBytes(UTF_8));

        assertThat(redrive.run(NOW))
                .isEqualTo(new LakeRedrive.Result(0, 0, 0, 0, true, new TreeMap<>()));
        assertThat(objects.keys("", 10)).containsExactly("errors/b");
    }
}
