package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions without any history are answered as well as session kernels answer them. */
class SessionKernelTest {
    private static final int LEARNED = 1_500;
    private static final int TESTED = 150;
    private static final int DEPTH = 20;

    /** How far a figure may be behind: less than one in fifty moments. */
    private static final double LEVEL = 0.02;

    /** Everybody's behaviour is visible, as it is to the kernels. */
    private static final ReplaySettings EQUAL_TERMS =
            new ReplaySettings(
                    ModelSettings.DEFAULT.withKAnonymity(1).withCatalogue(CatalogueMode.CLOSED),
                    Duration.ZERO);

    private static final SessionWorld WORLD = new SessionWorld(7, 8);

    /** Sessions one after another, of which those of the test have at most so many clicks. */
    private static Trace trace(int most) {
        List<String> clicks = new ArrayList<>();
        for (int session = 0; session < LEARNED + TESTED; session++) {
            List<Integer> items = WORLD.session();
            int length = session < LEARNED ? items.size() : Math.min(most, items.size());
            for (int item : items.subList(0, length)) {
                clicks.add("s" + session + ":i" + item);
            }
        }
        return Toy.views(clicks.toArray(String[]::new));
    }

    private static int begin(Trace trace) {
        return (int)
                trace.steps().stream()
                        .filter(step -> step.interaction().person() < LEARNED)
                        .count();
    }

    private static double hits(Scoreboard board) {
        return Figure.hits("hr@20", "", Moments.WHOLE, DEPTH).of(board);
    }

    private static double reciprocals(Scoreboard board) {
        return Figure.reciprocals("mrr@20", "", Moments.WHOLE, DEPTH).of(board);
    }

    @Test
    void aThirdOfTheClicksOfTheWorldAreRepeats() {
        Trace trace = trace(DEPTH);
        assertThat((double) trace.repeats() / trace.steps().size()).isBetween(0.25, 0.4);
    }

    @Test
    void afterTheFirstClickOfANewSessionListsAreAsGoodAsThoseOfVsKnn() {
        Trace trace = trace(2);
        Plan plan =
                Plan.splitAt(
                        trace, begin(trace), new Plan.Rules(true, Plan.After.OBSERVE, true, 1));

        Scoreboard own = Toy.blend(plan, EQUAL_TERMS, null);

        List<Method> kernels =
                Evaluation.baselines(plan, 1).stream()
                        .filter(one -> one.name().equals("vs-knn"))
                        .map(one -> Method.of(one.name(), one.baseline()))
                        .toList();
        Scoreboard kernel = new Pass(plan).run(kernels, step -> {}).getFirst();
        assertThat(own.moments().size()).isEqualTo(TESTED);
        assertThat(hits(own)).as("HR@20").isGreaterThan(hits(kernel) - LEVEL);
        assertThat(reciprocals(own)).as("MRR@20").isGreaterThan(reciprocals(kernel) - LEVEL);
    }
}
