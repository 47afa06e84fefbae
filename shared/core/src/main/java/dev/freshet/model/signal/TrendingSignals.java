package dev.freshet.model.signal;

import dev.freshet.example.ModelTime;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.rows.IntFloats;
import java.util.ArrayList;
import java.util.List;

/**
 * How often items were interacted with within the last minutes and hours; nothing of the user's
 * {@linkplain ItemFacts#isOwn own} items. Costs no preparation.
 */
public final class TrendingSignals extends SignalFamily {
    public static final Source SOURCE = new Source(4, "trending");

    /** ln of the decayed count at a half-life of half an hour. */
    public static final Signal LOG_HALF_HOUR = Signal.of(0, "log-half-hour", SOURCE);

    /** ln of the decayed count at a half-life of two hours. */
    public static final Signal LOG_TWO_HOURS =
            Signal.of(1, "log-two-hours", SOURCE, 0.2f, 0.2f, 0.2f);

    /** √ of the decayed count at a half-life of half an hour; saturates less than the ln. */
    public static final Signal ROOT_HALF_HOUR =
            Signal.of(5, "root-half-hour", SOURCE, 0.2f, 0.2f, 0.2f).leastUnit(0.25f);

    /** √ of the decayed count at a half-life of two hours. */
    public static final Signal ROOT_TWO_HOURS =
            Signal.of(6, "root-two-hours", SOURCE).leastUnit(0.25f);

    /** ln(1 + hours since the last interaction); equals the age where there is none. */
    public static final Signal LOG_IDLE =
            Signal.of(13, "log-idle", SOURCE, -0.4f, -0.4f, -0.4f).leastUnit(1);

    /** ln of the count among the latest interactions of all users, halved every 16 of them. */
    public static final Signal LOG_LATEST = Signal.of(32, "log-latest", SOURCE);

    /** Most frequent of the latest items that are taken as hard negatives as they are. */
    static final int FIRST_NEGATIVES = 40;

    private final PopularitySignals.SharedLists lists = new PopularitySignals.SharedLists();

    TrendingSignals() {
        super(
                SOURCE,
                Lead.NONE,
                LOG_HALF_HOUR,
                LOG_TWO_HOURS,
                ROOT_HALF_HOUR,
                ROOT_TWO_HOURS,
                LOG_IDLE,
                LOG_LATEST);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private final class OfRequest extends Prepared {
        private final IntFloats latest;

        OfRequest(SignalContext context) {
            super(context);
            latest = model.recent().latest();
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            if (item.isOwn()) {
                signals().forEach(signal -> vector[signal.at()] = 0);
                return;
            }
            double shorter = item.count(HalfLife.HALF_HOUR, context.clock());
            double longer = item.count(HalfLife.TWO_HOURS, context.clock());
            vector[LOG_HALF_HOUR.at()] = ItemFacts.log(shorter);
            vector[ROOT_HALF_HOUR.at()] = (float) Math.sqrt(shorter);
            vector[LOG_TWO_HOURS.at()] = ItemFacts.log(longer);
            vector[ROOT_TWO_HOURS.at()] = (float) Math.sqrt(longer);
            int last = item.last();
            vector[LOG_IDLE.at()] =
                    ItemFacts.logHours(
                            last == ModelTime.NEVER
                                    ? item.age()
                                    : context.seconds() - ModelTime.epochSeconds(last));
            vector[LOG_LATEST.at()] = ItemFacts.log(item.isVisible() ? latest.get(item.item()) : 0);
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            List<ItemScores> found = new ArrayList<>();
            for (Scope scope : context.scopes()) {
                found.add(lists.trending(context, scope, limit));
            }
            for (String tag : context.tags()) {
                found.add(lists.trending(context, Scope.tag(tag), limit));
            }
            return found;
        }

        @Override
        public List<HardNegatives> negatives(int limit) {
            ItemScores hottest = ItemScores.top(model.recent().counts(), limit);
            return List.of(new HardNegatives(hottest, FIRST_NEGATIVES));
        }
    }
}
