package dev.freshet.model;

import dev.freshet.event.Context;
import dev.freshet.model.blend.BlendDraft;
import dev.freshet.model.blend.Choice;
import dev.freshet.model.blend.Stacking;
import dev.freshet.model.blend.StackingSettings;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes a {@link Choice} of somebody's first meeting with an item and has the blend learn from it,
 * before the meeting is counted: score first, then learn. What was not taken are hard negatives,
 * that is what is hottest right now ({@link Recent}), what goes together with the reader's items
 * and what comes next after the latest one, each standing for itself; and {@value #UNIFORM} items
 * drawn at random, which stand for all others. Nothing that the reader has met, nothing deleted.
 *
 * <p>Where the list is known that the reader took it from, the others of that list are the only
 * negatives: nothing else could be taken, and what was shown was shown because the blend thought
 * well of it, so that holding it against what was not shown would teach the blend its own opinion.
 * What standing higher up does by itself goes to a signal of its own, the place, which is zero when
 * items are ranked.
 */
final class BlendLesson {
    static final int MOST_TOGETHER = 20;
    static final int MOST_NEXT = 10;
    static final int MOST_HARD = 60;
    static final int UNIFORM = 15;

    /** What reading the signals of one item costs, in units of work. */
    private static final long PER_ITEM = 60;

    /** What a lesson costs beside. */
    private static final long AT_LEAST = 1_000;

    private static final Stacking STACKING = new Stacking(StackingSettings.DEFAULT);

    private final Model live;
    private final BlendDraft blend;
    private final Taste taste;
    private final IntIndex excluded = new IntIndex(256);
    private final IntIndex chosen = new IntIndex(128);

    private BlendLesson(Model live, BlendDraft blend, int[] basket, int taken) {
        this.live = live;
        this.blend = blend;
        taste = Taste.of(basket);
        for (int at = 0; at < Entries.size(basket); at++) {
            excluded.orderOrInsert(Entries.item(basket, at));
        }
        chosen.orderOrInsert(taken);
    }

    /** Earns, and learns if there is credit and something to learn. */
    static void learn(Example.Interaction met, Supplier<Model> peek, BlendDraft blend) {
        blend.earn();
        if (met.strength() <= 0 || !blend.hasCredit()) {
            return;
        }
        Model live = peek.get();
        int taken = live.items().index(met.target().id());
        if (taken < 0) {
            return;
        }
        Baskets baskets = live.state().baskets();
        int slot = baskets.slot(met.reader());
        int[] basket = slot < 0 ? Entries.NONE : baskets.basket(slot);
        if (Entries.find(basket, taken) >= 0) {
            return;
        }
        new BlendLesson(live, blend, basket, taken).learn(met);
    }

    private void learn(Example.Interaction met) {
        Context context = context(met);
        Signals signals = Signals.of(live, taste, context, met.at());
        boolean listed = !met.list().isEmpty();
        int hard;
        if (listed) {
            list(met.list());
            hard = chosen.size() - 1;
        } else {
            hard(signals);
            hard = chosen.size() - 1;
            uniform();
        }
        int size = chosen.size();
        float[][] vectors = new float[size][];
        int[] ages = new int[size];
        float[] stands = new float[size];
        int others = Math.max(0, live.items().size() - excluded.size() - 1 - hard);
        for (int at = 0; at < size; at++) {
            vectors[at] = signals.of(chosen.key(at));
            ages[at] = signals.age(chosen.key(at));
            if (listed) {
                vectors[at][Signal.PLACE.at()] = place(met.list(), chosen.key(at));
            }
            stands[at] = at <= hard ? 1 : Math.max(1, (float) others / (size - 1 - hard));
        }
        STACKING.learn(new Choice(signals.circumstance(), size, vectors, ages, stands), blend);
        blend.spend(AT_LEAST + signals.work() + (PER_ITEM + signals.workOfEach()) * size);
    }

    private void list(List<String> ids) {
        for (String id : ids) {
            int item = live.items().index(id);
            if (item >= 0 && isNegative(item)) {
                chosen.orderOrInsert(item);
            }
        }
    }

    private float place(List<String> ids, int item) {
        return (float) Ln.of(1 + Math.max(0, ids.indexOf(live.items().id(item))));
    }

    private void hard(Signals signals) {
        take(signals.related(MOST_TOGETHER), MOST_TOGETHER);
        take(signals.next(MOST_NEXT), MOST_NEXT);
        take(hot(), MOST_HARD - (chosen.size() - 1));
    }

    /** What was met most often among the latest interactions, most first. */
    private ItemScores hot() {
        Recent recent = live.state().learned().recent();
        IntFloats counts = new IntFloats(Recent.MOST);
        for (int ago = 0; ago < recent.size(); ago++) {
            counts.add(recent.back(ago), 1);
        }
        return ItemScores.top(counts, Recent.MOST);
    }

    private void take(ItemScores items, int most) {
        int left = most;
        for (int rank = 0; rank < items.size() && left > 0; rank++) {
            int item = items.item(rank);
            if (isNegative(item)) {
                chosen.orderOrInsert(item);
                left--;
            }
        }
    }

    private void uniform() {
        int before = chosen.size();
        int items = live.items().size();
        for (int tries = 2 * UNIFORM; tries > 0 && chosen.size() < before + UNIFORM; tries--) {
            int item = blend.draw(items);
            if (isNegative(item)) {
                chosen.orderOrInsert(item);
            }
        }
    }

    private boolean isNegative(int item) {
        return chosen.order(item) < 0 && excluded.order(item) < 0 && !live.items().deleted(item);
    }

    private static Context context(Example.Interaction met) {
        return new Context(
                met.device(),
                null,
                null,
                null,
                met.country(),
                null,
                null,
                null,
                met.localHour() < 0 ? null : met.localHour());
    }
}
