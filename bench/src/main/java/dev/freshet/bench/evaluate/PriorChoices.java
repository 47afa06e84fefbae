package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.StreamState.Eligible;
import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.recommend.OfflineLists;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What people chose on young sites, and what they could have chosen: the first {@value #RANKED}
 * items of the list that a request would have got, and {@value #DRAWN} drawn from all others, each
 * of which represents as many items as there are for each drawn one.
 *
 * <p>Choices weigh the less the later they are, so that those of the first 200 events, of the next
 * 800 and of the next 4,000 count about alike. Memory: 20 kB a choice.
 */
final class PriorChoices {
    private static final int DEPTH = 10;
    private static final int RANKED = 50;
    private static final int DRAWN = 40;

    /** The event at which a choice weighs half as much as the first one. */
    private static final double HALF = 200;

    /** All choices among the first events are taken, and one of {@value #SAMPLE} later ones. */
    private static final int ALL = 200;

    private static final int SAMPLE = 16;

    /**
     * One choice.
     *
     * @param history class of the user's history
     * @param weight what it counts for, above 0
     * @param signals signals of the alternatives, the one chosen first
     * @param importance number of items that each alternative stands for
     */
    record Choice(int history, double weight, List<float[]> signals, double[] importance) {}

    private final List<Choice> choices = new ArrayList<>();

    private PriorChoices() {}

    /** Returns the choices on the beginnings of a site. */
    static List<Choice> of(SiteBeginnings site, ReplaySettings settings, long seed) {
        PriorChoices found = new PriorChoices();
        for (Trace trace : site.beginnings()) {
            found.replay(trace, settings, new SplittableRandom(seed));
        }
        return found.choices;
    }

    private void replay(Trace trace, ReplaySettings settings, SplittableRandom random) {
        StreamState state = new StreamState(trace.items());
        TraceReplay replay = new TraceReplay(settings, trace.catalogue(), trace.profiles());
        for (int at = 0; at < trace.steps().size(); at++) {
            Step step = trace.steps().get(at);
            replay.reach(step);
            FirstInteraction actual = step.interaction();
            boolean taken = at < ALL || at % SAMPLE == 0;
            if (taken && actual.first() && actual.item() < state.items()) {
                RequestContext request = replay.request(step, DEPTH, false);
                double weight = (at < ALL ? 1 : SAMPLE) / (1 + at / HALF);
                Eligible eligible = new Eligible(state, actual.person(), false);
                choose(request, replay, eligible, step, weight, random);
            }
            replay.learn(List.of(step));
            state.learn(actual);
        }
    }

    private void choose(
            RequestContext request,
            TraceReplay replay,
            Eligible eligible,
            Step step,
            double weight,
            SplittableRandom random) {
        int chosen = request.model().items().index(step.row().target().id());
        ItemScores ranked = OfflineLists.ranked(request, new StackingStrategy(), DEPTH);
        List<Integer> items = new ArrayList<>(List.of(chosen));
        for (int at = 0; at < ranked.size() && items.size() <= RANKED; at++) {
            int item = ranked.item(at);
            if (item != chosen && eligible.has(replay.number(item))) {
                items.add(item);
            }
        }
        List<Integer> others = new ArrayList<>();
        for (int item = 0; item < request.model().items().size(); item++) {
            if (eligible.has(replay.number(item)) && !items.contains(item)) {
                others.add(item);
            }
        }
        int named = items.size();
        int drawn = Math.min(DRAWN, others.size());
        for (int at = 0; at < drawn; at++) {
            int from = at + random.nextInt(others.size() - at);
            items.add(others.set(from, others.get(at)));
        }
        double[] importance = new double[items.size()];
        List<float[]> signals = new ArrayList<>();
        for (int at = 0; at < importance.length; at++) {
            importance[at] = at < named ? 1 : (double) others.size() / drawn;
            float[] vector = new float[SignalFamilies.COUNT];
            request.signals().fill(items.get(at), vector);
            signals.add(vector);
        }
        if (signals.size() > 1) {
            int history = request.signals().bucket().history();
            choices.add(new Choice(history, weight, signals, importance));
        }
    }
}
