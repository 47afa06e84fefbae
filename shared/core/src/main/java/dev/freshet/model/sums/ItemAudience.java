package dev.freshet.model.sums;

import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.ModelTime;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.rows.Ints;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How often each item was shown, clicked and read, as an immutable value of {@value #FIELDS} ints,
 * that is 40 B, an item.
 *
 * <p>Showings and clicks are decayed sums in single precision as of the latest showing, so that one
 * time serves all four. They are exact to seven digits; beyond 16 million a further showing no
 * longer adds. Who folds the same examples in the same order gets the same bits.
 *
 * @param rows the fields of each item
 * @param totals showings and clicks of all items
 */
public record ItemAudience(Ints rows, ListTotals totals) {
    public static final ItemAudience EMPTY = new ItemAudience(Ints.EMPTY, ListTotals.NONE);

    /** Ints of an item. */
    public static final int FIELDS = 10;

    private static final int FIRST_SHOWN = 0;
    private static final int LAST_SHOWN = 1;
    private static final int SHOWN = 2;
    private static final int CLICKED = 4;
    private static final int READINGS = 6;
    private static final int SECONDS = 7;
    private static final int SCROLLS = 8;
    private static final int DEEP_SCROLLS = 9;

    /** The percentage from which on a scroll counts as deep. */
    public static final int DEEP = 75;

    private static final AudienceHalfLife[] HALF_LIVES = AudienceHalfLife.values();

    /** The half-lives at which showings of items and clicks on them are summed. */
    public enum AudienceHalfLife {
        DAY(86_400),
        FORTNIGHT(1_209_600);

        /** Half-lives after which what was added is left as it was, so that factors stay finite. */
        private static final int MOST = 60;

        private final int seconds;

        AudienceHalfLife(int seconds) {
            this.seconds = seconds;
        }

        /** Returns the index of this half-life, shortest first. */
        @SuppressWarnings("EnumOrdinal") // the order is part of the format
        int at() {
            return ordinal();
        }

        /**
         * Returns the weight, at one time, of something at another: 2^((then − at) / half-life).
         */
        double weight(long then, long at) {
            double halfLives = Math.clamp((double) (then - at) / seconds, -MOST, MOST);
            return halfLives == 0 ? 1 : StrictMath.exp(halfLives * StrictMath.log(2));
        }
    }

    /**
     * How often any item was shown, and how many of these showings were clicked: sums that decay
     * with the half-life of {@link AudienceHalfLife#FORTNIGHT}, as of the latest showing.
     *
     * @param last when an item was last shown, as a {@link ModelTime}; {@link ModelTime#NEVER}
     *     before the first showing
     */
    public record ListTotals(int last, double shown, double clicked) {
        public static final ListTotals NONE = new ListTotals(ModelTime.NEVER, 0, 0);

        /** Rate of clicks of a site that has shown nothing yet. */
        private static final double RATE_BEFORE = 0.1;

        /** Showings that {@link #RATE_BEFORE} counts for. */
        private static final double SHOWN_BEFORE = 100;

        private static final AudienceHalfLife HALF_LIFE = AudienceHalfLife.FORTNIGHT;

        /** Returns the clicks for each showing, above 0, drawn to 0.1 where little was shown. */
        public double rate() {
            return (clicked + SHOWN_BEFORE * RATE_BEFORE) / (shown + SHOWN_BEFORE);
        }

        /** Returns the totals with a further showing. */
        ListTotals withShowing(int time) {
            if (last == ModelTime.NEVER) {
                return new ListTotals(time, 1, 0);
            }
            if (time <= last) {
                return new ListTotals(last, shown + HALF_LIFE.weight(time, last), clicked);
            }
            double before = HALF_LIFE.weight(last, time);
            return new ListTotals(time, shown * before + 1, clicked * before);
        }

        /** Returns the totals with a further click; without a showing there is none. */
        ListTotals withClick(int time) {
            return last == ModelTime.NEVER
                    ? this
                    : new ListTotals(last, shown, clicked + HALF_LIFE.weight(time, last));
        }
    }

    /** Returns when an item was first shown, as a {@link ModelTime}; 0 if never. */
    public int firstShown(int item) {
        return rows.get(item * FIELDS + FIRST_SHOWN);
    }

    /** Returns when an item was last shown, as a {@link ModelTime}; 0 if never. */
    public int lastShown(int item) {
        return rows.get(item * FIELDS + LAST_SHOWN);
    }

    /**
     * Returns the decayed number of showings.
     *
     * @param at a {@link ModelTime}
     */
    public double shown(int item, AudienceHalfLife halfLife, int at) {
        return decayed(item, SHOWN, halfLife, at);
    }

    /**
     * Returns the decayed number of clicks within the click window on lists that were seen.
     *
     * @param at a {@link ModelTime}
     */
    public double clicked(int item, AudienceHalfLife halfLife, int at) {
        return decayed(item, CLICKED, halfLife, at);
    }

    /**
     * Returns how much more often than usual the showings of an item lead to clicks: their rate
     * over that of all items, both as of their latest showing with a half-life of a fortnight.
     *
     * @param trust showings at the usual rate that are added to those of the item
     * @param counts whether clicks count; else the item reads as if at most one showing had been
     *     clicked, of as many as lead to a click usually
     * @return above 0; 1 for an item that was never shown
     */
    public double lift(int item, double trust, boolean counts) {
        int at = item * FIELDS + AudienceHalfLife.FORTNIGHT.at();
        double shown = Float.intBitsToFloat(rows.get(at + SHOWN));
        if (shown == 0) {
            return 1;
        }
        double usual = totals.rate();
        double clicked =
                counts ? Float.intBitsToFloat(rows.get(at + CLICKED)) : Math.min(1, shown * usual);
        return (clicked + trust * usual) / (shown + trust) / usual;
    }

    private double decayed(int item, int field, AudienceHalfLife halfLife, int at) {
        float sum = Float.intBitsToFloat(rows.get(item * FIELDS + field + halfLife.at()));
        return sum == 0 ? 0 : sum * halfLife.weight(lastShown(item), at);
    }

    /** Returns the number of dwells of which the time is known. */
    public int readings(int item) {
        return rows.get(item * FIELDS + READINGS);
    }

    /** Returns the sum of the seconds of dwells, each at most 300. */
    public int seconds(int item) {
        return rows.get(item * FIELDS + SECONDS);
    }

    /** Returns the number of scrolls of which the depth is known. */
    public int scrolls(int item) {
        return rows.get(item * FIELDS + SCROLLS);
    }

    /** Returns the number of scrolls of at least {@value #DEEP} percent. */
    public int deepScrolls(int item) {
        return rows.get(item * FIELDS + DEEP_SCROLLS);
    }

    /** The part of the model. */
    public static final ModelPart<ItemAudience> PART =
            new ModelPart<>(
                    12, EMPTY, ItemAudience::draft, (bounds, items) -> AudienceForm.items(items));

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    /** The mutable continuation of {@link ItemAudience}. */
    public static final class Draft implements PartDraft<ItemAudience> {
        private final Ints.Draft rows;
        private ListTotals totals;

        private Draft(ItemAudience from) {
            rows = from.rows.draft();
            totals = from.totals;
        }

        /**
         * Counts the showings of a list by item, and the clicks that came before it. An example of
         * a list has no time: it was seen at the model's clock, or on the day of its issue if that
         * is later.
         */
        @Override
        public void shown(Example.Exposure list, FoldContext model) {
            Instant issued = Instant.EPOCH.plus(list.day(), ChronoUnit.DAYS);
            int time = ModelTime.of(model.clock().isAfter(issued) ? model.clock() : issued);
            for (Example.Exposure.Place place : list.places()) {
                int item = model.index(place.itemId());
                if (item >= 0) {
                    shown(item, time);
                    for (ListCredit click : list.earlier()) {
                        if (click.kind() == OutcomeKind.CLICK
                                && click.position() == place.position()) {
                            clicked(item, time);
                        }
                    }
                }
            }
        }

        @Override
        public void happened(Example.Interaction done, FoldContext model) {
            ListCredit credit = done.credit();
            if (credit != null
                    && done.target().isItem()
                    && credit.kind() == OutcomeKind.CLICK
                    && credit.attributed()
                    && credit.seen()) {
                int item = model.index(done.target().id());
                if (item >= 0) {
                    clicked(item, ModelTime.of(done.at()));
                }
            }
        }

        @Override
        public void interacted(Example.Interaction done, int item, int sign) {
            if (done.measured() > 0) {
                switch (done.type()) {
                    case DWELL -> dwelt(item, done.measured(), sign);
                    case SCROLL -> scrolled(item, done.measured(), sign);
                    default -> {}
                }
            }
        }

        /**
         * Counts a showing.
         *
         * @param time a {@link ModelTime}
         */
        public void shown(int item, int time) {
            totals = totals.withShowing(time);
            int row = item * FIELDS;
            int last = rows.get(row + LAST_SHOWN);
            boolean first = last == ModelTime.NEVER;
            if (first) {
                rows.set(row + FIRST_SHOWN, time);
            }
            if (first || time > last) {
                rows.set(row + LAST_SHOWN, time);
            }
            for (AudienceHalfLife halfLife : HALF_LIVES) {
                int shown = row + SHOWN + halfLife.at();
                int clicked = row + CLICKED + halfLife.at();
                if (first || time <= last) {
                    add(shown, first ? 1 : halfLife.weight(time, last));
                } else {
                    double before = halfLife.weight(last, time);
                    set(shown, get(shown) * before + 1);
                    set(clicked, get(clicked) * before);
                }
            }
        }

        /**
         * Counts a click on an item; one that was never shown has none.
         *
         * @param time a {@link ModelTime}
         */
        public void clicked(int item, int time) {
            int row = item * FIELDS;
            int last = rows.get(row + LAST_SHOWN);
            if (last == ModelTime.NEVER) {
                return;
            }
            totals = totals.withClick(time);
            for (AudienceHalfLife halfLife : HALF_LIVES) {
                add(row + CLICKED + halfLife.at(), halfLife.weight(time, last));
            }
        }

        /**
         * Counts a dwell, or takes one back.
         *
         * @param seconds 1 to 300
         * @param sign 1 or −1
         */
        public void dwelt(int item, int seconds, int sign) {
            count(item * FIELDS + READINGS, sign);
            count(item * FIELDS + SECONDS, sign * seconds);
        }

        /**
         * Counts a scroll, or takes one back.
         *
         * @param percent 1 to 100
         * @param sign 1 or −1
         */
        public void scrolled(int item, int percent, int sign) {
            count(item * FIELDS + SCROLLS, sign);
            count(item * FIELDS + DEEP_SCROLLS, percent >= DEEP ? sign : 0);
        }

        private void count(int at, int amount) {
            rows.set(at, (int) Math.clamp((long) rows.get(at) + amount, 0L, Integer.MAX_VALUE));
        }

        private void add(int at, double amount) {
            set(at, get(at) + amount);
        }

        private double get(int at) {
            return Float.intBitsToFloat(rows.get(at));
        }

        private void set(int at, double value) {
            rows.set(at, Float.floatToIntBits((float) value));
        }

        @Override
        public ItemAudience content(boolean sealed) {
            return new ItemAudience(rows.content(sealed), totals);
        }
    }
}
