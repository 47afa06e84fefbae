package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.NaturalLog;
import java.util.Arrays;
import java.util.List;

/** The age of items, and items that few users could interact with yet. Costs no preparation. */
public final class NewItemSignals extends SignalFamily {
    public static final Source SOURCE = new Source(6, "new");

    /** ln(1 + hours since the item was born, see {@link ItemTable#bornAt}). */
    public static final Signal LOG_AGE =
            Signal.of(11, "log-age", SOURCE, -0.2f, -0.2f, -0.2f).leastUnit(1);

    /** Days since the item was born, at most 7. */
    public static final Signal AGE_DAYS =
            Signal.of(12, "age-days", SOURCE, -0.3f, -0.3f, -0.25f).leastUnit(1);

    /**
     * 1 for an item without an interaction, of which only the catalogue record is known; 0 for an
     * item whose interactions are hidden, which must not tell whether there are any.
     */
    public static final Signal NO_EVENTS =
            Signal.of(14, "no-events", SOURCE, 0.8f, 0.8f, 0.6f).leastUnit(0.1f);

    /** ln(1 + minutes since the item was born): how the first hour passes. */
    public static final Signal LOG_AGE_MINUTES = Signal.of(33, "log-age-minutes", SOURCE);

    /**
     * Distance of the item's age from the ages at which the user interacted with the latest items:
     * −|difference| of ln(1 + hours).
     */
    public static final Signal USUAL_AGE = Signal.of(34, "usual-age", SOURCE);

    /**
     * ln(1 + position) in the list that the item was shown in, from 0. Known only for what is
     * learned from lists; 0 when items are ranked, so that learning separates what the position did
     * from what the item did.
     */
    public static final Signal POSITION = Signal.of(36, "position", SOURCE);

    /** Interactions from which on an item counts as known. */
    private static final int FEW = 3;

    /**
     * Showings at places drawn among new items after which an item has to earn its place until the
     * day changes (UTC).
     */
    public static final int SHOWINGS_A_DAY = 200;

    /** Items looked at for candidates, from the newest. */
    private static final int WINDOW = 500;

    private static final double SECONDS_PER_DAY = 86_400;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final double MAX_DAYS = 7;

    NewItemSignals() {
        super(
                SOURCE,
                Lead.NONE,
                LOG_AGE,
                AGE_DAYS,
                NO_EVENTS,
                LOG_AGE_MINUTES,
                USUAL_AGE,
                POSITION);
    }

    @Override
    public ReasonMessage reason(ReasonMessage.Facts facts) {
        Item item = facts.item();
        return item.tags().isEmpty()
                ? ReasonMessage.of("new")
                : ReasonMessage.about("new.tag", tag(item, facts.context()));
    }

    /** Returns the item's tag that the user reads most, else its first. */
    private static String tag(Item item, SignalContext context) {
        return context.tags().stream()
                .filter(item.tags()::contains)
                .findFirst()
                .orElseGet(() -> item.tags().getFirst());
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static final class OfRequest extends Prepared {
        private final SignalContext.TypicalItem typical;

        OfRequest(SignalContext context) {
            super(context);
            typical = context.typical();
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            double seconds = item.age();
            float age = ItemFacts.logHours(seconds);
            vector[LOG_AGE.at()] = age;
            vector[AGE_DAYS.at()] = (float) Math.clamp(seconds / SECONDS_PER_DAY, 0, MAX_DAYS);
            vector[NO_EVENTS.at()] = item.isUntouched() ? 1 : 0;
            vector[LOG_AGE_MINUTES.at()] = (float) NaturalLog.of(1 + Math.max(0, seconds) / 60);
            vector[USUAL_AGE.at()] = typical.age(age);
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            ItemTable items = model.items();
            int today = (int) Math.floorDiv((long) context.seconds(), SECONDS_OF_DAY);
            int[] few =
                    Arrays.stream(items.newest(WINDOW))
                            .filter(item -> model.popularity().count(item) < FEW)
                            .filter(item -> model.shownAsNewcomer(today, item) < SHOWINGS_A_DAY)
                            .limit(limit)
                            .toArray();
            float[] scores = new float[few.length];
            for (int rank = 0; rank < scores.length; rank++) {
                scores[rank] = 1f / (1 + rank);
            }
            return List.of(new ItemScores(few, scores));
        }

        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            SignalContext.TypicalItem[] without =
                    SignalContext.TypicalItem.withoutEach(context, ablations);
            ItemFacts facts = new ItemFacts(context);
            return List.of(
                    (at, losses) -> {
                        float age = ItemFacts.logHours(facts.of(candidates[at]).age());
                        for (int action = 0; action < without.length; action++) {
                            losses.add(
                                    USUAL_AGE, action, typical.age(age) - without[action].age(age));
                        }
                    });
        }
    }
}
