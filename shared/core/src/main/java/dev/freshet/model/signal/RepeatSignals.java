package dev.freshet.model.signal;

import dev.freshet.model.basket.Baskets;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.NaturalLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The user's own items, to be continued, read or bought again. Every signal is zero for an item
 * that is new to the user, so the family orders repeats and sets them against new items, and does
 * nothing among new ones. The blend learns its weights in rows of their own.
 *
 * <p>How often others come back to an item is a sum per item, of at most {@link
 * Baskets#MAX_REPEATS} repeats a user; where fewer people than k-anonymity asks for hold the item,
 * it reads as an item without users.
 *
 * <p>Costs one pass over the user's items, at most {@link Preferences#MAX_ITEMS}.
 */
public final class RepeatSignals extends SignalFamily {
    public static final Source SOURCE = new Source(13, "repeat");

    /** 1 for an item that the user interacted with. */
    public static final Signal REPEAT =
            Signal.of(38, "repeat", SOURCE, 1.5f, 1.5f, 1.5f).leastUnit(0.25f);

    /** ln(1 + seconds since the user's latest interaction with the item). */
    public static final Signal SECONDS_SINCE =
            Signal.of(39, "repeat-seconds-since", SOURCE, -0.1f, -0.1f, -0.1f);

    /** ln(1 + hours since the user's latest interaction with the item). */
    public static final Signal HOURS_SINCE =
            Signal.of(40, "repeat-hours-since", SOURCE, -0.05f, -0.05f, -0.05f);

    /** 1 for the item that the user interacted with last. */
    public static final Signal LATEST =
            Signal.of(41, "repeat-latest", SOURCE, 0, 0, 0).leastUnit(0.25f);

    /** ln(1 + number of other items that the user interacted with since). */
    public static final Signal ITEMS_SINCE =
            Signal.of(42, "repeat-items-since", SOURCE, -0.1f, -0.1f, -0.1f);

    /** ln of the number of the user's interactions with the item. */
    public static final Signal TIMES =
            Signal.of(43, "repeat-times", SOURCE, 0.2f, 0.2f, 0.2f).leastUnit(0.25f);

    /**
     * How near the present is to the moment when the user usually comes back to the item: 1 ÷ (1 +
     * |ln(time since ÷ usual time)|), from 0 to 1; 0 for an item of a single day.
     */
    public static final Signal DUE =
            Signal.of(44, "repeat-due", SOURCE, 0.5f, 0.5f, 0.5f).leastUnit(0.1f);

    /** ln of how often the users of the item come back to it, at least −0.7. */
    public static final Signal ITEM_RATE =
            Signal.of(45, "repeat-item-rate", SOURCE, 0.2f, 0.2f, 0.2f).leastUnit(0.25f);

    /** ln of how often the user comes back to an item. */
    public static final Signal USER_RATE =
            Signal.of(46, "repeat-user-rate", SOURCE, 0.2f, 0.2f, 0.2f).leastUnit(0.25f);

    /** 1 for an item of the session that still goes on. */
    public static final Signal IN_SESSION =
            Signal.of(47, "repeat-in-session", SOURCE, 0, 0, 0).leastUnit(0.25f);

    /** ln of the mean strength of the user's interactions with the item. */
    public static final Signal STRENGTH =
            Signal.of(48, "repeat-strength", SOURCE, 0, 0, 0).leastUnit(0.25f);

    /** Interactions that an item, or a user, is assumed to have beside the known ones. */
    private static final float PRIOR = 4;

    /** Repeats among them. */
    private static final float PRIOR_REPEATS = 2;

    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double HOURS_PER_DAY = 24;
    private static final int DAYS_PER_WEEK = 7;
    private static final int DAYS_PER_MONTH = 30;

    /** Weeks and months are named from two on. */
    private static final int NAMED_FROM = 2;

    RepeatSignals() {
        super(
                SOURCE,
                Lead.ACTION,
                REPEAT,
                SECONDS_SINCE,
                HOURS_SINCE,
                LATEST,
                ITEMS_SINCE,
                TIMES,
                DUE,
                ITEM_RATE,
                USER_RATE,
                IN_SESSION,
                STRENGTH);
    }

    /** Says what the user did with the item, and when. */
    @Override
    public ReasonMessage reason(ReasonMessage.Facts facts) {
        Instant at = facts.at();
        if (facts.verb() == null || at == null) {
            return ReasonMessage.of("repeat");
        }
        long days = daysAgo(at, facts.context());
        String key;
        long count;
        if (days < NAMED_FROM) {
            return new ReasonMessage(
                    days < 1 ? "repeat.today" : "repeat.yesterday", null, facts.verb(), null);
        } else if (days < NAMED_FROM * DAYS_PER_WEEK) {
            key = "repeat.days";
            count = days;
        } else if (days < NAMED_FROM * DAYS_PER_MONTH) {
            key = "repeat.weeks";
            count = days / DAYS_PER_WEEK;
        } else {
            key = "repeat.months";
            count = days / DAYS_PER_MONTH;
        }
        return new ReasonMessage(key, null, facts.verb(), Long.toString(count));
    }

    /**
     * Returns how many midnights lie between a moment and the present, by the user's hour where the
     * request says it, else in UTC.
     */
    private static long daysAgo(Instant at, SignalContext context) {
        double hours = Duration.between(at, context.now()).toSeconds() / SECONDS_PER_HOUR;
        Integer local = context.context().localHour();
        int minutes = context.now().atOffset(ZoneOffset.UTC).getMinute();
        int hour = local == null ? context.now().atOffset(ZoneOffset.UTC).getHour() : local;
        double today = hour + minutes / 60.0;
        return Math.max(0, (long) Math.ceil((hours - today) / HOURS_PER_DAY));
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return context.preferences().isEmpty() ? new Prepared(context) {} : new OfRequest(context);
    }

    private final class OfRequest extends Prepared {
        private final float userRate;
        private final BitSet session = new BitSet();

        OfRequest(SignalContext context) {
            super(context);
            long repeats = 0;
            for (int events : preferences.events()) {
                repeats += Math.min(events - 1, Baskets.MAX_REPEATS);
            }
            userRate = rate(repeats, preferences.size());
            for (int rank : context.session()) {
                session.set(rank);
            }
        }

        private static float rate(long repeats, int all) {
            return (float) NaturalLog.of((repeats + PRIOR_REPEATS) / (all + PRIOR));
        }

        private float itemRate(ItemFacts item) {
            Baskets baskets = model.baskets();
            return item.isVisible()
                    ? rate(
                            baskets.holders().repeats(item.item()),
                            Math.max(0, baskets.holders().count(item.item())))
                    : rate(0, 0);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            int rank = item.rank();
            if (rank < 0) {
                Arrays.fill(vector, REPEAT.at(), STRENGTH.at() + 1, 0);
                return;
            }
            vector[REPEAT.at()] = 1;
            vector[LATEST.at()] = rank == 0 ? 1 : 0;
            vector[ITEMS_SINCE.at()] = (float) NaturalLog.of(1.0 + rank);
            vector[USER_RATE.at()] = userRate;
            vector[ITEM_RATE.at()] = itemRate(item);
            vector[IN_SESSION.at()] = session.get(rank) ? 1 : 0;
            timed(
                    vector,
                    preferences.epochSeconds()[rank],
                    preferences.events()[rank],
                    preferences.gaps()[rank],
                    preferences.strengths()[rank]);
        }

        /** Writes the signals that the user's interactions with the item itself determine. */
        private void timed(float[] vector, long last, int events, int gap, float strength) {
            double since = Math.max(0, context.seconds() - last);
            vector[SECONDS_SINCE.at()] = (float) NaturalLog.of(1 + since);
            vector[HOURS_SINCE.at()] = ItemFacts.logHours(since);
            vector[TIMES.at()] = (float) NaturalLog.of(events);
            vector[DUE.at()] = gap == 0 ? 0 : due(since, gap);
            vector[STRENGTH.at()] = (float) NaturalLog.of(Math.max(1e-3, strength / events));
        }

        private static float due(double since, int gap) {
            double ratio = NaturalLog.of((1 + since) / (1.0 + gap));
            return (float) (1 / (1 + Math.abs(ratio)));
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            int[] items = Arrays.copyOf(preferences.items(), Math.min(limit, preferences.size()));
            float[] scores = new float[items.length];
            for (int rank = 0; rank < scores.length; rank++) {
                scores[rank] = 1f / (1 + rank);
            }
            return List.of(new ItemScores(items, scores));
        }

        @Override
        public long work() {
            return 2L * preferences.size();
        }

        /**
         * An item loses all of its signals without its only interaction, and what the others make
         * less without one of several. What being a repeat changes in the weights of other signals
         * is not attributed.
         */
        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            ItemFacts facts = new ItemFacts(context);
            return List.of(
                    (at, losses) -> {
                        int rank = context.rank(candidates[at]);
                        if (rank < 0) {
                            return;
                        }
                        float[] with = new float[SignalFamilies.COUNT];
                        fill(facts.of(candidates[at]), with);
                        for (int action = 0; action < ablations.size(); action++) {
                            Ablation ablation = ablations.get(action);
                            if (ablation.rank() == rank) {
                                attribute(ablation, action, with, losses);
                            }
                        }
                    });
        }

        private void attribute(
                Ablation ablation, int action, float[] with, Attributors.ScoreLoss losses) {
            float[] without = new float[with.length];
            int rank = ablation.rank();
            if (!ablation.isRemoval()) {
                System.arraycopy(with, 0, without, 0, with.length);
                without[LATEST.at()] = ablation.newRank() == 0 ? 1 : 0;
                without[ITEMS_SINCE.at()] = (float) NaturalLog.of(1.0 + ablation.newRank());
                float left = ablation.remainingShare() * ablation.remainingShare();
                timed(
                        without,
                        ablation.lastInteractionAt(),
                        Math.max(1, preferences.events()[rank] - 1),
                        preferences.gaps()[rank],
                        preferences.strengths()[rank] * left);
            }
            for (Signal signal : signals()) {
                losses.add(signal, action, with[signal.at()] - without[signal.at()]);
            }
            losses.support(REPEAT, action, ablation.action().strength());
        }
    }
}
