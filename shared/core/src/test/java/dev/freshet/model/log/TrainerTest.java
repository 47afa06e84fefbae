package dev.freshet.model.log;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.interleaved;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.model.Components;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    /** Bounds small enough that baskets are evicted. */
    private static final ModelSettings SMALL = new ModelSettings(50, 300, 20, true);

    private static Model folded(Model from, List<Example> examples, int batch) {
        Model model = from;
        for (int at = 0; at < examples.size(); at += batch) {
            List<Example> part = examples.subList(at, Math.min(examples.size(), at + batch));
            model = learned(model, part);
        }
        return model;
    }

    /** Two seeds, six in a thorough run. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("freshet.thorough") ? 6 : 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameExamplesGiveTheSameBytesHoweverTheyAreCutIntoBatches(long seed) {
        for (ModelSettings settings : List.of(ModelSettings.DEFAULT, SMALL)) {
            List<Example> examples = new Examples().mixed(new Random(seed), 3_000);
            Model expected = folded(Model.empty(settings), examples, 100);
            for (int batch : new int[] {100, 7, 3_000}) {
                assertSameBytes(folded(Model.empty(settings), examples, batch), expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void toContinueFromASnapshotIsToContinue(long seed) {
        for (ModelSettings settings : List.of(ModelSettings.DEFAULT, SMALL)) {
            List<Example> examples = new Examples().mixed(new Random(seed), 3_000);
            Model half = folded(Model.empty(settings), examples.subList(0, 1_500), 50);
            Model loaded = reread(half);
            assertThat(loaded.settings()).isEqualTo(settings);
            Model went = folded(half, examples.subList(1_500, 3_000), 50);
            assertSameBytes(folded(loaded, examples.subList(1_500, 3_000), 50), went);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aFollowerThatFoldsTheDeltasHasTheBytesOfTheTrainer(long seed) {
        List<Example> examples = new Examples().mixed(new Random(seed), 1_000);
        Model trained = Model.EMPTY;
        Model followed = Model.EMPTY;
        for (int at = 0; at < examples.size(); at += 40) {
            Trainer.Step step = Trainer.train(trained, examples.subList(at, at + 40));
            trained = step.model();
            followed = Trainer.follow(followed, DeltaCodec.decode(step.delta()));
        }
        assertSameBytes(followed, trained);
    }

    @Test
    void aTrainerLearnsByStepsAndAFollowerCopiesTheResult() {
        Trainer.Step step = Trainer.train(Model.EMPTY, new Examples().mixed(new Random(1), 1_000));
        assertThat(step.model().blend().steps()).isGreaterThan(300);

        Delta delta = DeltaCodec.decode(step.delta());
        Delta unlearned = Components.with(delta, "learned", LearnedState.Rows.NONE);
        assertThat(Trainer.follow(Model.EMPTY, unlearned).blend().steps()).isZero();
        assertThat(Trainer.follow(Model.EMPTY, delta).blend().steps())
                .isEqualTo(step.model().blend().steps());
    }

    @Test
    void underSettingsThatDoNotLearnTheBlendStaysAsItStarts() {
        ModelSettings settings = new ModelSettings(50, 300, 20, false);
        Model model = learned(Model.empty(settings), new Examples().mixed(new Random(1), 500));
        assertThat(model.blend().steps()).isZero();
        assertThat(reread(model).settings()).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void examplesThatTheMarksCoverChangeNothingAndMakeNoVersion(long seed) {
        List<Example> examples = new Examples().mixed(new Random(seed), 500);
        Model model = learned(examples);
        Trainer.Step again = Trainer.train(model, examples);
        assertThat(again.isEmpty()).isTrue();
        assertThat(again.skipped()).isEqualTo(500);
        assertSameBytes(again.model(), model);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void howShardsInterleaveDoesNotMatterToCounts(long seed) {
        Random random = new Random(seed);
        List<List<Example>> shards = new ArrayList<>();
        for (int shard = 0; shard < 3; shard++) {
            Examples examples = new Examples("events/shard-" + shard);
            long first = shard * 100L;
            shards.add(
                    Examples.times(
                            400,
                            i ->
                                    examples.interaction(
                                            first + random.nextInt(20),
                                            "item-" + random.nextInt(30),
                                            Duration.ofMinutes(random.nextInt(20_000)))));
        }
        Model inTurn = learned(shards.stream().flatMap(List::stream).toList());
        Model mixed = learned(interleaved(shards, random));
        assertThat(mixed.totals()).isEqualTo(inTurn.totals());
        assertThat(mixed.marks()).isEqualTo(inTurn.marks());
        assertThat(mixed.clock()).isEqualTo(inTurn.clock());
        for (int item = 0; item < inTurn.items().size(); item++) {
            int same = mixed.items().index(inTurn.items().id(item));
            assertThat(mixed.popularity().count(same)).isEqualTo(inTurn.popularity().count(item));
            assertThat(mixed.coOccurrence().holders(same))
                    .isEqualTo(inTurn.coOccurrence().holders(item));
            assertThat(mixed.items().bornAt(same)).isEqualTo(inTurn.items().bornAt(item));
            assertThat(mixed.items().last(same)).isEqualTo(inTurn.items().last(item));
            for (HalfLife halfLife : HalfLife.values()) {
                assertThat(mixed.popularity().count(same, halfLife, mixed.clock()))
                        .isEqualTo(inTurn.popularity().count(item, halfLife, inTurn.clock()));
            }
            assertThat(inBrazil(mixed, same)).isEqualTo(inBrazil(inTurn, item));
        }
    }

    private static double inBrazil(Model model, int item) {
        return model.popularity()
                .count(item, Scope.country("BR"), HalfLife.THREE_DAYS, model.clock());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000})
    void anIndexKeepsTheOrderOfComing(int count) {
        IntIndex index = new IntIndex(4);
        for (int key = 0; key < count; key++) {
            assertThat(index.orderOrInsert(key * 7)).isEqualTo(key);
        }
        assertThat(index.order(-1)).isEqualTo(-1);
        assertThat(index.key(count - 1)).isEqualTo((count - 1) * 7);
    }
}
