package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.rows.NaturalLog;
import dev.freshet.model.sums.ItemAudience;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How often items were interacted with within the last days and weeks, and how often where they
 * were shown; nothing of the last hours of the user's {@linkplain ItemFacts#isOwn own} items. Costs
 * no preparation.
 */
public final class PopularitySignals extends SignalFamily {
    public static final Source SOURCE = new Source(5, "popularity");

    /** ln of the decayed count at a half-life of twelve hours. */
    public static final Signal LOG_TWELVE_HOURS = Signal.of(2, "log-twelve-hours", SOURCE);

    /** ln of the decayed count at a half-life of three days. */
    public static final Signal LOG_THREE_DAYS =
            Signal.of(3, "log-three-days", SOURCE, 0.05f, 0.05f, 0.05f);

    /** ln of the decayed count at a half-life of two weeks. */
    public static final Signal LOG_TWO_WEEKS = Signal.of(4, "log-two-weeks", SOURCE);

    /** √ of the decayed count at a half-life of twelve hours. */
    public static final Signal ROOT_TWELVE_HOURS =
            Signal.of(7, "root-twelve-hours", SOURCE).leastUnit(0.25f);

    /** √ of the decayed count at a half-life of three days. */
    public static final Signal ROOT_THREE_DAYS =
            Signal.of(8, "root-three-days", SOURCE).leastUnit(0.25f);

    /** √ of the decayed count at a half-life of two weeks. */
    public static final Signal ROOT_TWO_WEEKS =
            Signal.of(9, "root-two-weeks", SOURCE).leastUnit(0.25f);

    /** ln of the undecayed count. */
    public static final Signal LOG_COUNT = Signal.of(10, "log-count", SOURCE);

    /**
     * Distance of the item's count from that of the user's latest items: −|difference| of ln(1 +
     * count).
     */
    public static final Signal USUAL_COUNT = Signal.of(35, "usual-count", SOURCE).leastUnit(0.25f);

    /**
     * ln of how much more often than usual the item's showings are clicked, −1.5 to 1.5 ({@link
     * ItemAudience#lift}); 0 for an item that was never shown. An item whose interactions are
     * hidden tells by it how often it was shown, and nothing of clicks.
     */
    public static final Signal CLICK_RATE =
            Signal.of(55, "click-rate", SOURCE, 0.35f, 0.35f, 0.35f).leastUnit(0.25f);

    /** Showings at the usual rate that each item begins with. */
    private static final double TRUST = 20;

    /** Bound of {@link #CLICK_RATE}: what showings and clicks of a few can do is bounded by it. */
    private static final double MAX_LIFT = 1.5;

    private static final List<HalfLife> HALF_LIVES =
            List.of(HalfLife.HALF_HOUR, HalfLife.TWELVE_HOURS, HalfLife.TWO_WEEKS);

    private final SharedLists lists = new SharedLists();

    PopularitySignals() {
        super(
                SOURCE,
                Lead.NONE,
                LOG_TWELVE_HOURS,
                LOG_THREE_DAYS,
                LOG_TWO_WEEKS,
                ROOT_TWELVE_HOURS,
                ROOT_THREE_DAYS,
                ROOT_TWO_WEEKS,
                LOG_COUNT,
                USUAL_COUNT,
                CLICK_RATE);
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context, lists);
    }

    private static final class OfRequest extends Prepared {
        private final SharedLists lists;
        private final SignalContext.TypicalItem typical;
        private final ItemAudience audience;

        OfRequest(SignalContext context, SharedLists lists) {
            super(context);
            this.lists = lists;
            typical = context.typical();
            audience = model.audience();
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            double halfDay = item.count(HalfLife.TWELVE_HOURS, context.clock());
            double days = item.count(HalfLife.THREE_DAYS, context.clock());
            double weeks = item.count(HalfLife.TWO_WEEKS, context.clock());
            vector[LOG_TWELVE_HOURS.at()] = item.isOwn() ? 0 : ItemFacts.log(halfDay);
            vector[ROOT_TWELVE_HOURS.at()] = item.isOwn() ? 0 : (float) Math.sqrt(halfDay);
            vector[LOG_THREE_DAYS.at()] = ItemFacts.log(days);
            vector[ROOT_THREE_DAYS.at()] = (float) Math.sqrt(days);
            vector[LOG_TWO_WEEKS.at()] = ItemFacts.log(weeks);
            vector[ROOT_TWO_WEEKS.at()] = (float) Math.sqrt(weeks);
            vector[LOG_COUNT.at()] = ItemFacts.log(item.total());
            vector[USUAL_COUNT.at()] = typical.count(item.total());
            vector[CLICK_RATE.at()] =
                    (float) Math.clamp(NaturalLog.of(lift(item)), -MAX_LIFT, MAX_LIFT);
        }

        private double lift(ItemFacts item) {
            return audience.lift(item.item(), TRUST, item.isVisible());
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            List<ItemScores> found = new ArrayList<>();
            for (HalfLife halfLife : HALF_LIVES) {
                found.add(lists.top(context, Scope.ALL, halfLife, limit));
            }
            for (Scope scope : context.scopes()) {
                if (!scope.equals(Scope.ALL)) {
                    found.add(lists.top(context, scope, HalfLife.THREE_DAYS, limit));
                }
            }
            for (String tag : context.tags()) {
                found.add(lists.top(context, Scope.tag(tag), HalfLife.THREE_DAYS, limit));
            }
            return found;
        }

        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            SignalContext.TypicalItem[] without =
                    SignalContext.TypicalItem.withoutEach(context, ablations);
            ItemFacts facts = new ItemFacts(context);
            return List.of(
                    (at, losses) -> {
                        double count = facts.of(candidates[at]).total();
                        for (int action = 0; action < without.length; action++) {
                            losses.add(
                                    USUAL_COUNT,
                                    action,
                                    typical.count(count) - without[action].count(count));
                        }
                    });
        }
    }

    /**
     * Popular and trending lists, which are the same for all users: each is kept until the model or
     * the second changes. Only the choice of candidates comes from here; their signals are computed
     * for the present moment. Safe for many threads; at most {@value #MOST} lists of 500 items, and
     * no model is kept alive by them.
     */
    static final class SharedLists {
        private static final int MOST = 500;

        private record Key(Scope scope, @Nullable HalfLife halfLife, int limit) {}

        private record Kept(WeakReference<ModelView> model, long second, ItemScores list) {
            boolean holds(SignalContext request) {
                return second == request.now().getEpochSecond() && model.refersTo(request.model());
            }
        }

        private final Map<Key, Kept> lists = new ConcurrentHashMap<>();

        ItemScores trending(SignalContext request, Scope scope, int limit) {
            return list(request, new Key(scope, null, limit));
        }

        ItemScores top(SignalContext request, Scope scope, HalfLife halfLife, int limit) {
            return list(request, new Key(scope, halfLife, limit));
        }

        private ItemScores list(SignalContext request, Key key) {
            Kept kept = lists.get(key);
            if (kept != null && kept.holds(request)) {
                return kept.list;
            }
            ItemScores list = workOut(request, key);
            if (lists.size() >= MOST) {
                lists.clear();
            }
            lists.put(
                    key,
                    new Kept(
                            new WeakReference<>(request.model()),
                            request.now().getEpochSecond(),
                            list));
            return list;
        }

        private static ItemScores workOut(SignalContext request, Key key) {
            return key.halfLife == null
                    ? request.model().popularity().trending(key.scope, request.now(), key.limit)
                    : request.model()
                            .popularity()
                            .top(key.scope, key.halfLife, request.now(), key.limit);
        }
    }
}
