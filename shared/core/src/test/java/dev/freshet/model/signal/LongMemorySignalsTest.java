package dev.freshet.model.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.Context;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.model.memory.NeighboursFile.Row;
import dev.freshet.model.signal.CoOccurrenceSignals.LongMemorySignals;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongMemorySignalsTest extends SignalScene {
    private static final byte[] FILE =
            NeighboursFile.encode(
                    List.of(
                            new Row("tea", List.of("cup", "milk", "late"), List.of(1.0, 4.0, 4.0)),
                            new Row("bread", List.of("butter", "cup"), List.of(2.0, 4.0))));
    private static final Example.Neighbours NAME =
            new Example.Neighbours(
                    "models/neighbours-v1/1", "0".repeat(64), FILE.length, "job", Examples.NOON);
    private static final LongMemory.Loader LOADED =
            (named, items, present) -> LongMemory.read(named, FILE, items);

    private static final SignalFamily FAMILY = SignalFamilies.of(CoOccurrenceSignals.SOURCE);

    private void everybodyReadsEverything() {
        for (String item : List.of("tea", "milk", "cup", "bread", "butter", "plain")) {
            for (int user = 0; user < 5; user++) {
                stream.add(examples.interaction(user, item, Duration.ofSeconds(stream.size())));
            }
        }
    }

    private Model model(LongMemory.Loader loader) {
        CatalogueMode catalogue = Model.EMPTY.settings().catalogue();
        return Trainer.train(Model.EMPTY, catalogue, List.copyOf(stream), loader).model();
    }

    private static float[] of(Model model, String item) {
        return signals(model).of(model.items().index(item));
    }

    private static Preferences preferences(Model model) {
        return Preferences.of(model.baskets().basket(model.baskets().slot(new Pseudonym(99))));
    }

    private static Signals signals(Model model) {
        return Signals.of(model, preferences(model), Context.UNKNOWN, model.clock());
    }

    private void ninetyNineReads(String... items) {
        for (String item : items) {
            stream.add(examples.interaction(99, item, Duration.ofSeconds(stream.size())));
        }
    }

    @Test
    void neighboursOfTheUsersItemsAddUp() {
        everybodyReadsEverything();
        ninetyNineReads("bread", "tea");
        stream.add(NAME);
        Model model = model(LOADED);

        float both = of(model, "cup")[LongMemorySignals.ROOT.at()];
        float one = of(model, "milk")[LongMemorySignals.ROOT.at()];
        float[] none = of(model, "plain");

        assertThat(both).isGreaterThan(one);
        assertThat(one).isPositive();
        assertThat(none[LongMemorySignals.ROOT.at()]).isZero();
        assertThat(none[LongMemorySignals.LOG.at()]).isZero();
        assertThat(of(model, "cup")[LongMemorySignals.LOG.at()])
                .isEqualTo((float) Math.log(101), within(1e-3f));
    }

    @Test
    void itemsThatTheModelDidNotKnowWhenTheJobWasNamedHaveNoNeighbours() {
        everybodyReadsEverything();
        stream.add(NAME);
        stream.add(examples.interaction(1, "late", Duration.ofHours(1)));
        Model model = model(LOADED);
        MemoryNames.Named named = model.memories().latest().orElseThrow();
        // a replica that loads the object when the model knows more items
        LongMemory later = LongMemory.read(named, FILE, model.items());

        int tea = model.items().index("tea");
        for (LongMemory memory : List.of(model.longMemory(), later)) {
            assertThat(memory.weight(tea, model.items().index("milk"))).isEqualTo(4);
            assertThat(memory.weight(tea, model.items().index("late"))).isZero();
            assertThat(memory.weight(model.items().index("late"), tea)).isZero();
        }
    }

    @Test
    void neighboursAreCandidatesFromTheStartAndChangeNoOtherSignal() {
        everybodyReadsEverything();
        ninetyNineReads("bread", "tea");
        Model without = model(LongMemory.Loader.LATER);
        stream.add(NAME);
        Model with = model(LOADED);

        assertThat(signals(without).family(FAMILY).candidates(100)).hasSize(1);
        List<ItemScores> lists = signals(with).family(FAMILY).candidates(100);
        assertThat(lists).hasSize(2);
        assertThat(with.items().id(lists.getLast().item(0))).isEqualTo("cup");
        for (int item = 0; item < with.items().size(); item++) {
            float[] expected = signals(without).of(item);
            float[] vector = signals(with).of(item);
            vector[LongMemorySignals.LOG.at()] = 0;
            vector[LongMemorySignals.ROOT.at()] = 0;
            assertThat(vector).isEqualTo(expected);
        }
        for (int history = 0; history < 3; history++) {
            float[] start = with.blend().starting(history);
            assertThat(start[LongMemorySignals.LOG.at()]).isPositive();
            assertThat(start[LongMemorySignals.ROOT.at()]).isPositive();
        }
    }

    @Test
    void withoutAnActionItsNeighboursLoseItsWeight() {
        everybodyReadsEverything();
        ninetyNineReads("bread", "tea");
        stream.add(NAME);
        Model model = model(LOADED);
        Preferences preferences = preferences(model);
        int cup = model.items().index("cup");
        List<UserAction> actions = List.of(read("tea", 0), read("bread", 0));
        List<Ablation> ablations = Ablation.each(model.items(), preferences, actions);
        var losses = new Attributors.ScoreLoss(weighing(LongMemorySignals.ROOT), 2);
        SignalContext context =
                new SignalContext(
                        model, preferences, Context.UNKNOWN, Examples.NOON, SignalContext.NO_ITEM);

        new LongMemorySignals(context)
                .attributors(ablations, new int[] {cup})
                .getFirst()
                .attribute(0, losses);

        double[] lost = losses.bySource()[CoOccurrenceSignals.SOURCE.index()];
        assertThat(lost[1]).as("bread weighs 4, tea weighs 1").isGreaterThan(lost[0]);
        assertThat(losses.support()[CoOccurrenceSignals.SOURCE.index()][1])
                .isEqualTo(0.8, within(0.02));
    }

    @Test
    void learningWithNeighboursGivesTheSameBytesAgain() {
        stream.addAll(examples.mixed(new Random(5), 1_500));
        stream.add(700, NAME);
        byte[] bytes = SnapshotCodec.encode(model(LOADED));
        assertThat(SnapshotCodec.encode(model(LOADED))).isEqualTo(bytes);
        assertThat(SnapshotCodec.encode(SnapshotCodec.decode(bytes))).isEqualTo(bytes);
        assertThat(SnapshotCodec.decode(bytes).remembers()).isFalse();
    }
}
