package dev.freshet.model.signal;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.Item;
import dev.freshet.example.ModelTime;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.rows.NaturalLog;
import org.jspecify.annotations.Nullable;

/**
 * What several families read of the same item: looked up once, then passed to each. Reused from
 * item to item by one thread.
 *
 * <p>An item whose interactions are hidden, because too few people are behind them, reads as if one
 * person had chosen it when it was born, whether one did or none or more. So hidden items differ in
 * what the catalogue says of them alone, and the blend ranks them as it ranks items that begin.
 */
public final class ItemFacts {
    private static final double SECONDS_PER_HOUR = 3_600;

    private static final double LN_2 = StrictMath.log(2);

    /** Count of interactions of an item whose interactions are hidden. */
    private static final int HIDDEN_COUNT = 1;

    /** Added to counts before their logarithm: an item without events is at −3.9. */
    private static final double LEAST_COUNT = 0.02;

    /** The logarithm of no events, as most counts of the last hours are. */
    private static final float LOG_OF_NONE = (float) NaturalLog.of(LEAST_COUNT);

    private final SignalContext context;
    private final ModelView model;
    private int item = SignalContext.NO_ITEM;
    private @Nullable Item properties;
    private int rank;
    private boolean visible;
    private int total;
    private double age;

    ItemFacts(SignalContext context) {
        this.context = context;
        model = context.model();
    }

    /** Looks one item up; costs nothing where it is the item that was looked up last. */
    ItemFacts of(int index) {
        if (index == item) {
            return this;
        }
        item = index;
        rank = context.rank(index);
        properties = model.items().properties(index);
        visible = model.visibility().shows(index);
        total = visible ? model.counts().totals().get(index) : HIDDEN_COUNT;
        age = model.items().age(index, context.seconds());
        return this;
    }

    /** Returns the dense index of the item. */
    int item() {
        return item;
    }

    /** Returns the rank of the item among those that the user likes, the newest first, or −1. */
    int rank() {
        return rank;
    }

    /**
     * Returns whether the item is one that the user likes. What was done with it within the last
     * hours is then the user's own doing, and whether a model has counted that yet would move
     * repeats by as much as anything known of them: no signal tells it.
     */
    boolean isOwn() {
        return rank >= 0;
    }

    /** Returns the catalogue record, without its text; an empty one outside the catalogue. */
    Item properties() {
        return requireNonNull(properties);
    }

    /** Returns whether the item's interactions are visible to others than those who made them. */
    boolean isVisible() {
        return visible;
    }

    /**
     * Returns the time of the latest interaction, as {@link ModelTime}; {@link ModelTime#NEVER}
     * where there is none that is visible.
     */
    int last() {
        return visible ? model.items().last(item) : ModelTime.NEVER;
    }

    /** Returns whether nobody interacted with the item; false for every hidden one. */
    boolean isUntouched() {
        return visible && model.items().last(item) == ModelTime.NEVER;
    }

    /** Returns the undecayed count of interactions. */
    int total() {
        return total;
    }

    /** Returns the seconds since the item was born, see {@link ItemTable#bornAt}. */
    double age() {
        return age;
    }

    /** Returns the decayed count of interactions at a moment. */
    double count(HalfLife halfLife, Decay.Clock clock) {
        return visible
                ? bounded(model.counts().at(item, halfLife, clock))
                : HIDDEN_COUNT * StrictMath.exp(-LN_2 * Math.max(0, age) / halfLife.seconds());
    }

    /**
     * Returns a decayed count, bounded by the undecayed one: of interactions that lie in the future
     * each would otherwise count for more than one, without bound.
     */
    double bounded(double decayed) {
        return Math.min(Math.max(0, total), decayed);
    }

    /** Returns ln(count + 0.02). */
    static float log(double count) {
        return count == 0 ? LOG_OF_NONE : (float) NaturalLog.of(count + LEAST_COUNT);
    }

    /** Returns ln(1 + hours), 0 for the future. */
    static float logHours(double seconds) {
        return (float) NaturalLog.of(1 + Math.max(0, seconds) / SECONDS_PER_HOUR);
    }
}
