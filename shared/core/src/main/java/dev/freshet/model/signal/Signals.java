package dev.freshet.model.signal;

import dev.freshet.event.Context;
import dev.freshet.model.blend.ContextBucket;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.rows.IntIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signals of any item for one user at one moment: what depends on the user is computed once,
 * then each item costs a few look-ups. Made per request, used by one thread.
 */
public final class Signals {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final int FEW_EVENTS = 3;
    private static final int[] NONE = {};

    private final SignalContext context;
    private final SignalFamily.Prepared[] families;
    private final ItemFacts facts;
    private final ContextBucket bucket;

    /** Positions of the signals that are left out. */
    private final int[] leftOut;

    private final IntIndex keptItems = new IntIndex(1);
    private final List<float[]> kept = new ArrayList<>();
    private float @Nullable [][] weights;

    private Signals(SignalContext context) {
        this.context = context;
        facts = new ItemFacts(context);
        families =
                SignalFamilies.ALL.stream()
                        .map(family -> prepared(family, context))
                        .toArray(SignalFamily.Prepared[]::new);
        leftOut =
                context.model().leftOut().isEmpty()
                        ? NONE
                        : SignalFamilies.SIGNALS.stream()
                                .filter(signal -> !context.uses(signal.name()))
                                .mapToInt(Signal::at)
                                .toArray();
        Context request = context.context();
        bucket =
                new ContextBucket(
                        context.preferences().historyLength().at(),
                        request.device() == null
                                ? ContextBucket.UNKNOWN
                                : ContextBucket.device(request.device()),
                        request.localHour() == null
                                ? ContextBucket.UNKNOWN
                                : ContextBucket.quarter(request.localHour()),
                        session());
    }

    private static SignalFamily.Prepared prepared(SignalFamily family, SignalContext context) {
        return context.uses(family.source().wireName())
                ? family.prepare(context)
                : new SignalFamily.Prepared(context) {};
    }

    private int session() {
        if (context.preferences().isEmpty()) {
            return ContextBucket.UNKNOWN;
        }
        return context.session().length > 0 ? ContextBucket.CONTINUING : ContextBucket.RETURNING;
    }

    public static Signals of(SignalContext context) {
        return new Signals(context);
    }

    /** Returns the signals of a user who is not looking at an item. */
    public static Signals of(
            ModelView model, Preferences preferences, Context context, Instant now) {
        return of(new SignalContext(model, preferences, context, now, SignalContext.NO_ITEM));
    }

    public SignalContext context() {
        return context;
    }

    /** Returns the signals of one item: {@link SignalFamilies#COUNT} finite numbers. */
    public float[] of(int item) {
        float[] vector = new float[SignalFamilies.COUNT];
        fill(item, vector);
        return vector;
    }

    /**
     * Returns the signals of one item as {@link #of}, computed at the first call and kept for the
     * request; not to be changed.
     */
    public float[] kept(int item) {
        int order = keptItems.orderOrInsert(item);
        if (order == kept.size()) {
            kept.add(of(item));
        }
        return kept.get(order);
    }

    /**
     * Returns the signals of one item: those that are {@link #kept}, or else {@code scratch}, into
     * which they are written.
     */
    public float[] read(int item, float[] scratch) {
        int order = keptItems.order(item);
        if (order >= 0) {
            return kept.get(order);
        }
        fill(item, scratch);
        return scratch;
    }

    /** Writes the signals of one item over {@code vector}, {@link SignalFamilies#COUNT} long. */
    public void fill(int item, float[] vector) {
        facts.of(item);
        for (SignalFamily.Prepared family : families) {
            family.fill(facts, vector);
        }
        for (int at : leftOut) {
            vector[at] = 0;
        }
    }

    /** Returns what the weights depend on, the same for all items of this request. */
    public ContextBucket bucket() {
        return bucket;
    }

    /** Returns whether enough people are behind an item's interactions for others to see them. */
    public boolean isVisible(int item) {
        return facts.of(item).isVisible();
    }

    /**
     * Returns the class of the item that the weights depend on: that of its age, and whether the
     * user interacted with it.
     */
    public int itemClass(int item) {
        return age(item) + (facts.of(item).isOwn() ? ContextBucket.AGES : 0);
    }

    private int age(int item) {
        if (facts.of(item).total() <= FEW_EVENTS) {
            return ContextBucket.FEW_EVENTS;
        }
        double days = facts.age() / SECONDS_PER_DAY;
        return days <= 1
                ? ContextBucket.WITHIN_A_DAY
                : days <= 7 ? ContextBucket.WITHIN_A_WEEK : ContextBucket.OLDER;
    }

    /**
     * Returns how much it speaks for an item that the user interacted with it before: what its
     * score exceeds that of an item by which is like it but new to the user, in log odds. Negative
     * where users of this site rather choose something new; 0 for an item that is new.
     */
    public double repeatWorth(int item) {
        int rank = context.rank(item);
        if (rank < 0) {
            return 0;
        }
        float[][] known = weights;
        if (known == null) {
            known = context.model().blend().weights(bucket);
            weights = known;
        }
        int age = age(item);
        float[] vector = of(item);
        double worth = 0;
        for (Signal signal : SignalFamilies.SIGNALS) {
            int at = signal.at();
            float repeated = known[age + ContextBucket.AGES][at];
            float asNew = signal.source().equals(RepeatSignals.SOURCE) ? 0 : known[age][at];
            worth += (double) (repeated - asNew) * vector[at];
        }
        return worth;
    }

    /** Returns a family as it was prepared for this request. */
    public SignalFamily.Prepared family(SignalFamily family) {
        return families[SignalFamilies.ALL.indexOf(family)];
    }

    /** Returns the lists that hard negatives are taken from, of all families. */
    public List<SignalFamily.HardNegatives> negatives(int limit) {
        List<SignalFamily.HardNegatives> lists = new ArrayList<>();
        for (SignalFamily.Prepared family : families) {
            lists.addAll(family.negatives(limit));
        }
        return lists;
    }

    /** Returns about how many numbers were read to prepare these signals. */
    public long work() {
        long work = 0;
        for (SignalFamily.Prepared family : families) {
            work += family.work();
        }
        return work;
    }

    /** Returns about how many numbers are read for the signals of one item. */
    public int workPerItem() {
        int work = 0;
        for (SignalFamily.Prepared family : families) {
            work += family.workPerItem();
        }
        return work;
    }

    /**
     * Returns the attribution of some items to the user's actions.
     *
     * @param actions that the preferences were made of, newest first
     * @param candidates the items that will be asked about, distinct
     */
    public Attributors attributors(List<UserAction> actions, int[] candidates) {
        List<Ablation> ablations =
                Ablation.each(context.model().items(), context.preferences(), actions);
        List<Attributors.Attributor> attributors = new ArrayList<>();
        if (!ablations.isEmpty()) {
            for (SignalFamily.Prepared family : families) {
                attributors.addAll(family.attributors(ablations, candidates));
            }
        }
        return new Attributors(ablations, attributors);
    }
}
