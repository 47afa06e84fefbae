package dev.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.testkit.AdditiveParts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnePersonTest {
    private static final int BATCH = 1_000;

    /** Number of events: a million with a thousand seeds, fewer in the default build. */
    private static final int EVENTS = BATCH * Integer.getInteger("freshet.simulation.seeds", 50);

    /**
     * The collector's rate limit prevents so many events of one person; this test checks the
     * components behind it alone.
     */
    @Test
    void anyNumberOfEventsOfOneUserLeavesABoundedModelAndEachCounts() {
        SplittableRandom random = new SplittableRandom(10);
        Model model = Model.empty(World.MODEL);
        long sequence = 0;
        int largestDelta = 0;
        for (int batch = 0; batch < EVENTS / BATCH; batch++) {
            List<Example> some = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                String item = random.nextInt(10) > 0 ? "hot" : "item-" + random.nextInt(2_000);
                some.add(
                        new Example.Interaction(
                                new ShardPosition("events/0", BigInteger.valueOf(++sequence)),
                                new Pseudonym(1),
                                Target.item(item),
                                EventType.CLICK,
                                1,
                                0,
                                World.BEGINNING.plusMillis(100 * sequence),
                                Context.of("mobile", "BR", 9)));
            }
            Trainer.Step step = Trainer.train(model, some);
            model = step.model();
            largestDelta = Math.max(largestDelta, step.delta().length);
        }

        assertThat(model.totals().allInteractions()).isEqualTo(EVENTS);
        assertThat(model.users()).isEqualTo(1);
        assertThat(model.entries()).isLessThanOrEqualTo(ModelSettings.BASKET_ENTRIES);
        assertThat(SnapshotCodec.encode(model).length).isLessThan(2_000_000);
        assertThat(largestDelta).isLessThan(500_000);
        assertThat(AdditiveParts.of(model)).containsEntry("total CLICK", Integer.toString(EVENTS));
    }
}
