package dev.freshet.model.learn;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Example;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import dev.freshet.model.signal.NewItemSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A shop whose users look at the first item of a list and buy the last one. */
class ObjectiveTest {
    private static final Objective SALES =
            Objective.parse("purchase=10,view=0.5", EventTypes.BUILT_IN);

    private final Examples examples = new Examples();
    private final List<Example> stream = new ArrayList<>();

    ObjectiveTest() {
        for (int item = 0; item < 6; item++) {
            stream.add(Examples.item("item-" + item, 1, List.of(), item));
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int minute = 0; minute < 900; minute++) {
            List<String> list = new ArrayList<>();
            for (int item = 0; item < 6; item++) {
                list.add(random.nextInt(list.size() + 1), "item-" + item);
            }
            boolean buys = minute % 3 == 0;
            stream.add(
                    examples.interaction(
                                    1_000 + minute,
                                    buys ? list.getLast() : list.getFirst(),
                                    buys ? EventType.PURCHASE : EventType.VIEW,
                                    1,
                                    Duration.ofMinutes(minute))
                            .inList(list));
        }
    }

    private static Model empty(Objective objective) {
        return Model.empty(ModelSettings.DEFAULT.withObjective(objective));
    }

    private Model under(Objective objective) {
        return learned(empty(objective), stream);
    }

    private static byte[] bytes(Model model) {
        return SnapshotCodec.encode(model);
    }

    /** The weight of the logarithm of the position: above 0 where what stands last is preferred. */
    private static float ofLast(Model model) {
        return model.blend().weight(HistoryLength.THIN.at(), NewItemSignals.POSITION.at());
    }

    @Test
    void theBlendPrefersWhatTheHeavierTypeOfInteractionChose() {
        assertThat(ofLast(under(Objective.EVEN))).isLessThan(0);
        assertThat(ofLast(under(SALES))).isGreaterThan(0.2f);
    }

    @Test
    void weightsOf1AreTheSameAsNone() {
        Objective ones = Objective.parse("purchase=1,view=1.00", EventTypes.BUILT_IN);
        assertThat(bytes(under(ones))).isEqualTo(bytes(under(Objective.EVEN)));
        assertThat(bytes(learned(stream))).isEqualTo(bytes(under(Objective.EVEN)));
    }

    @Test
    void aTypeOfWeight0TeachesTheBlendNothingAndEverythingElseTheSame() {
        Model none = under(Objective.parse("purchase=0,view=0", EventTypes.BUILT_IN));
        assertThat(none.blend().steps()).isZero();
        assertThat(none.totals()).isEqualTo(under(Objective.EVEN).totals());
        Model some = under(Objective.parse("purchase=0", EventTypes.BUILT_IN));
        assertThat(some.blend().steps()).isEqualTo(600);
    }

    @Test
    void aLaterInteractionWithAnItemTeachesNothingWhateverItWeighs() {
        List<Example> looksThenBuys = new ArrayList<>(stream.subList(0, 6));
        for (int user = 1; user <= 50; user++) {
            String item = "item-" + user % 6;
            looksThenBuys.add(at(user, item, EventType.VIEW, user));
            looksThenBuys.add(at(user, item, EventType.PURCHASE, user));
            looksThenBuys.add(at(user, item, EventType.LIKE, user));
        }
        assertThat(steps(Objective.EVEN, looksThenBuys)).isEqualTo(50);
        assertThat(steps(SALES, looksThenBuys)).isEqualTo(50);
    }

    private Example at(long user, String item, EventType type, int minute) {
        return examples.interaction(user, item, type, 1, Duration.ofMinutes(minute));
    }

    private static long steps(Objective objective, List<Example> of) {
        return learned(empty(objective), of).blend().steps();
    }

    @Test
    void aReplayUnderTheSameWeightsGivesTheSameBytes() {
        assertThat(bytes(under(SALES))).isEqualTo(bytes(under(SALES)));
    }

    /** What was learned before the change stays as it was; the trainer restarts from a snapshot. */
    @Test
    void aChangeHoldsForWhatIsLearnedFromThenOn() {
        int half = stream.size() / 2;
        Model before = learned(empty(Objective.EVEN), stream.subList(0, half));
        Model restarted =
                SnapshotCodec.decode(bytes(before))
                        .withReadSettings(ModelSettings.DEFAULT.withObjective(SALES));
        Model after = learned(restarted, stream.subList(half, stream.size()));
        Model running = before.withReadSettings(ModelSettings.DEFAULT.withObjective(SALES));

        assertThat(bytes(after))
                .isEqualTo(bytes(learned(running, stream.subList(half, stream.size()))));
        assertThat(ofLast(after)).isBetween(ofLast(under(Objective.EVEN)), ofLast(under(SALES)));
        assertThat(bytes(after)).isNotEqualTo(bytes(under(SALES)));
    }

    /** Learned rows travel in the deltas, so that a replica need not know the weights. */
    @Test
    void aReplicaUnderOtherWeightsHasTheBytesOfTheTrainer() {
        Trainer.Step step = Trainer.train(empty(SALES), stream);
        Model replica = Trainer.follow(empty(Objective.EVEN), DeltaCodec.decode(step.delta()));
        assertThat(bytes(replica)).isEqualTo(bytes(step.model()));
    }
}
