package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Method.Request;
import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.bench.rerank.RerankedBlend;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.blend.Draws;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.settings.BasketSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The product on a replay: its blend, its sources, and what ranks by the same model. */
final class ProductMethod implements Method {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final TraceReplay replay;
    private final List<Contender> contenders;
    private final boolean teaches;
    private final @Nullable LossTable losses;
    private final @Nullable ComparedStacks compared;
    private int learned;
    private long learningNanos;
    private long rankingNanos;
    private @Nullable Request asked;
    private @Nullable RequestContext context;

    /**
     * Creates the product before its first event.
     *
     * @param losses table that is filled by the requests of the first contender, or null
     * @param compared table of the stacks that are compared, filled likewise, or null
     */
    ProductMethod(
            Plan plan,
            ReplaySettings settings,
            List<Contender> contenders,
            @Nullable LossTable losses,
            @Nullable ComparedStacks compared) {
        replay = new TraceReplay(settings, plan.trace().catalogue(), plan.trace().profiles());
        teaches = plan.isStream() && contenders.stream().anyMatch(one -> one.learn().isPresent());
        this.contenders = contenders;
        this.losses = losses;
        this.compared = compared;
    }

    /** Changes the settings for reading baskets, without learning again. */
    void read(BasketSettings how) {
        replay.read(how);
    }

    @Override
    public List<Entrant> entrants() {
        return contenders.stream().map(Contender::entrant).toList();
    }

    @Override
    public void reach(Step next) {
        long since = THREADS.getCurrentThreadCpuTime();
        replay.reach(next);
        learningNanos += THREADS.getCurrentThreadCpuTime() - since;
    }

    @Override
    public void learn(List<Step> batch) {
        if (teaches) {
            batch.forEach(this::teach);
        }
        long since = THREADS.getCurrentThreadCpuTime();
        replay.learn(batch);
        learningNanos += THREADS.getCurrentThreadCpuTime() - since;
    }

    /** Returns the processor time that the model took to learn so far. */
    long learningNanos() {
        return learningNanos;
    }

    /** Returns the processor time that the lists of the first contender took so far. */
    long rankingNanos() {
        return rankingNanos;
    }

    /** Teaches the contenders that learn by themselves, before the model learns. */
    private void teach(Step step) {
        boolean due = RerankedBlend.isDue(new Draws(learned++)) && step.interaction().first();
        int item = replay.model().items().index(step.row().target().id());
        if (due && item >= 0 && replay.number(item) >= 0) {
            RequestContext request = replay.request(step, 10, false);
            contenders.forEach(one -> one.learn().ifPresent(own -> own.accept(request, item)));
        }
    }

    @Override
    public void startTest() {
        replay.startTest();
    }

    @Override
    public void observe(Step step) {
        replay.observe(step);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an equal request later is answered by another model
    public void list(int entrant, Request request, EvaluatedAnswer answer) {
        long since = THREADS.getCurrentThreadCpuTime();
        RequestContext known = context;
        if (known == null || request != asked) {
            known = replay.request(request.step(), request.depth(), request.eligible().repeats());
            asked = request;
            context = known;
        }
        List<ItemScores> lists = contenders.get(entrant).rank().apply(known);
        if (entrant == 0) {
            rankingNanos += THREADS.getCurrentThreadCpuTime() - since;
            if (losses != null) {
                losses.count(known, replay, request);
            }
            if (compared != null) {
                compared.count(known, lists.getFirst());
            }
        }
        for (ItemScores list : lists) {
            answer.nextList();
            for (int at = 0; at < list.size(); at++) {
                answer.name(replay.number(list.item(at)), list.score(at));
            }
        }
    }
}
