package dev.freshet.training;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Faults;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.testkit.AdditiveParts;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.Thorough;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryQuarantine;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * Trainers that each learn the examples of a part of the users into a log of their own, dying
 * before and after writes and continuing from older positions; what their models hold together is
 * compared with one fold.
 */
class PartitionedTrainersTest {
    private static final int SEEDS =
            Integer.getInteger("freshet.simulation.seeds", 50) / Thorough.number(5, 1);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int EXAMPLES = 160;
    private static final EventType[] TYPES = {
        EventType.VIEW, EventType.CLICK, EventType.LIKE, EventType.PURCHASE, EventType.BOOKMARK
    };

    /** The process that writes died. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void theSumsOfOneTwoAndEightPartsAreThoseOfOneFold() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Example> examples = examples(random);
            Map<String, String> folded = AdditiveParts.of(learned(examples));
            for (int parts : new int[] {1, 2, 8}) {
                assertThat(AdditiveParts.of(trained(random, byUser(examples, parts))))
                        .as("%d parts, seed %d", parts, seed)
                        .isEqualTo(folded);
            }
        }
    }

    @Test
    void onePartIsToTheByteTheModelOfOneFold() {
        SplittableRandom random = new SplittableRandom(3);
        List<Example> examples = examples(random);
        assertThat(SnapshotCodec.encode(trained(random, byUser(examples, 1)).getFirst()))
                .isEqualTo(SnapshotCodec.encode(learned(examples)));
    }

    @Test
    void theLearnedWeightsOfTwoPartsAreNotThoseOfOneFold() {
        SplittableRandom random = new SplittableRandom(3);
        List<Example> examples = examples(random);
        byte[] folded = SnapshotCodec.encode(learned(examples));

        assertThat(trained(random, byUser(examples, 2)))
                .extracting(SnapshotCodec::encode)
                .noneMatch(part -> Arrays.equals(part, folded));
    }

    @Test
    void partsThatAreNotOfUsersAreFound() {
        SplittableRandom random = new SplittableRandom(1);
        List<Example> examples = examples(random);
        int[] next = {0};
        List<Model> models = trained(random, parts(examples, 2, example -> next[0]++ % 2));

        assertThatThrownBy(() -> AdditiveParts.of(models))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two parts have the basket");
    }

    private static List<List<Example>> byUser(List<Example> examples, int parts) {
        return parts(
                examples,
                parts,
                example -> {
                    Pseudonym user =
                            example instanceof Example.Interaction one
                                    ? one.user()
                                    : ((Example.Forget) example).user();
                    return Long.hashCode(user.bits() * 0x9E3779B97F4A7C15L);
                });
    }

    private static List<List<Example>> parts(
            List<Example> examples, int parts, ToIntFunction<Example> key) {
        List<List<Example>> split = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            split.add(new ArrayList<>());
        }
        for (Example example : examples) {
            split.get(Math.floorMod(key.applyAsInt(example), parts)).add(example);
        }
        return split;
    }

    /** Returns examples of three shards in order, up to ten days late, and some erasures. */
    private static List<Example> examples(SplittableRandom random) {
        Map<Integer, Long> sequences = new HashMap<>();
        List<Example> examples = new ArrayList<>();
        for (int at = 0; at < EXAMPLES; at++) {
            int user = random.nextInt(24);
            int shard = user % 3;
            ShardPosition source =
                    new ShardPosition(
                            "events/" + shard,
                            BigInteger.valueOf(sequences.merge(shard, 1L, Long::sum)));
            Pseudonym pseudonym = new Pseudonym(user * 7_919L + 1);
            if (random.nextInt(40) == 0) {
                examples.add(new Example.Forget(source, pseudonym));
                continue;
            }
            Duration late =
                    random.nextInt(5) == 0
                            ? Duration.ofMinutes(random.nextInt(10 * 24 * 60))
                            : Duration.ofSeconds(random.nextInt(300));
            EventType type = TYPES[random.nextInt(TYPES.length)];
            examples.add(
                    new Example.Interaction(
                            source,
                            pseudonym,
                            Target.item("item-" + random.nextInt(12)),
                            type,
                            1,
                            0,
                            NOW.plus(Duration.ofMinutes(at * 10L)).minus(late),
                            Context.of(
                                    random.nextBoolean() ? "mobile" : "desktop",
                                    random.nextBoolean() ? "BR" : "DE",
                                    random.nextInt(24))));
        }
        return examples;
    }

    private static List<Model> trained(SplittableRandom random, List<List<Example>> parts) {
        return parts.stream().map(part -> trainedPart(random, part)).toList();
    }

    /** Learns a part through processes that die, and returns what a replica reads of its log. */
    private static Model trainedPart(SplittableRandom random, List<Example> part) {
        SettableClock clock = new SettableClock(NOW);
        MemoryModelLog log = new MemoryModelLog(clock);
        List<StreamRecord> records = records(random, part);
        TrainingFlow flow = flow(random, log, clock);
        for (int at = 0; at < records.size(); ) {
            int end = Math.min(records.size(), at + 1 + random.nextInt(12));
            try {
                if (flow.process(records.subList(at, end)).unfinished().isEmpty()) {
                    at = end;
                }
            } catch (Died dead) {
                flow = flow(random, log, clock);
                at = random.nextInt(3) == 0 ? random.nextInt(at + 1) : at;
            }
            clock.advance(Duration.ofMillis(random.nextInt(1_500)));
        }
        return Trainings.followed(log);
    }

    private static List<StreamRecord> records(SplittableRandom random, List<Example> part) {
        List<StreamRecord> records = new ArrayList<>();
        for (int at = 0; at < part.size(); ) {
            int end = Math.min(part.size(), at + 1 + random.nextInt(4));
            records.add(Trainings.record(at + 1, part.subList(at, end)));
            at = end;
        }
        return records;
    }

    private static TrainingFlow flow(
            SplittableRandom random, MemoryModelLog log, SettableClock clock) {
        return Trainings.flow(mortal(random, log), new MemoryQuarantine(), clock);
    }

    /** Returns a log whose writer dies before or after one append in eight. */
    private static ModelLog mortal(SplittableRandom random, ModelLog log) {
        return Faults.around(
                ModelLog.class,
                log,
                (call, real) -> {
                    int fate = call.method().equals("append") ? random.nextInt(16) : 16;
                    if (fate == 0) {
                        throw new Died();
                    }
                    Object answer = real.call();
                    if (fate == 1) {
                        throw new Died();
                    }
                    return answer;
                });
    }
}
