package dev.freshet.model.sums;

import static dev.freshet.check.Check.require;

import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the days that can still change and of the latest hours, as an immutable value: 8.8 MB
 * at the bounds, of which days take 1.9 MB, the buckets of their parts 2.7 MB and hours 4.2 MB; a
 * site with three placements and no experiment takes 1.3 MB. Clicks and conversions count on the
 * day on which their list was issued, because a ratio of counts of different days would be one of
 * different lists.
 *
 * <p>A day changes as long as a token of it is valid, and is closed when eight later days have
 * begun. Days are read off tokens and times of receipt, which no client determines. What arrives
 * for a closed day is left out.
 */
public final class Outcomes {
    /** Days that can still change: the newest one, and those of which a token may be valid. */
    public static final int OPEN_DAYS = 9;

    /**
     * Most placements, and arms of placements, of a day that are told apart. Arms among the others
     * come from signed tokens, so there are no more of them than arms that ran on the day.
     */
    public static final int MAX_PAIRS = 64;

    /**
     * Most segments of a day that are told apart: some times {@link
     * dev.freshet.model.vectors.SegmentState#MOST}, since they are drawn anew during the day.
     */
    public static final int MAX_SEGMENTS = 32;

    /**
     * Most pairs of a day with those among the others, whose arms signed tokens name: no more of
     * them than ran on the day.
     */
    public static final int MAX_STORED_PAIRS = 512;

    /**
     * Most placements of a day whose places and clicks by source and position are also summed by
     * buckets of users: the first ones. Each takes up to 37 KB. Arms, and further placements, have
     * none.
     */
    public static final int MAX_WITH_PART_BUCKETS = 8;

    /** No outcomes. */
    public static final Outcomes NONE =
            new Outcomes(new TreeMap<>(), OutcomeHours.NONE, 0, List.of());

    /** The part of the model. */
    public static final ModelPart<Outcomes> PART =
            new ModelPart<>(10, NONE, Draft::new, (bounds, items) -> OutcomesForm.OUTCOMES);

    private final SortedMap<Integer, OutcomeDay> days;
    private final OutcomeHours hours;
    private final long tooLate;
    private final List<OutcomeDay> retired;

    private Outcomes(
            SortedMap<Integer, OutcomeDay> days,
            OutcomeHours hours,
            long tooLate,
            List<OutcomeDay> retired) {
        this.days = Collections.unmodifiableSortedMap(days);
        this.hours = hours;
        this.tooLate = tooLate;
        this.retired = retired;
    }

    /**
     * Returns outcomes of stored parts.
     *
     * @throws IllegalArgumentException if there are too many days or pairs
     */
    public static Outcomes of(List<OutcomeDay> days, OutcomeHours hours, long tooLate) {
        TreeMap<Integer, OutcomeDay> all = new TreeMap<>();
        for (OutcomeDay day : days) {
            OutcomeDay twin = all.put(day.day(), day);
            require(
                    twin == null
                            && named(day.pairs().keySet()) <= MAX_PAIRS
                            && segments(day.pairs().keySet()) <= MAX_SEGMENTS + 1,
                    "a day of outcomes is there twice or too big");
        }
        require(
                all.isEmpty() || all.lastKey() - all.firstKey() < OPEN_DAYS,
                "more days of outcomes than can be open");
        return new Outcomes(all, hours, tooLate, List.of());
    }

    private static long named(Set<OutcomePair> pairs) {
        return pairs.stream().filter(OutcomePair::isTold).count();
    }

    private static long segments(Set<OutcomePair> pairs) {
        return pairs.stream().filter(OutcomePair::isOfSegment).count();
    }

    /** Returns the open days, oldest first. */
    public List<OutcomeDay> days() {
        return List.copyOf(days.values());
    }

    /** Returns the sums of the latest hours. */
    public OutcomeHours hours() {
        return hours;
    }

    /** Returns the number of lists and outcomes that came after their day was closed. */
    public long tooLate() {
        return tooLate;
    }

    /** Returns the days that the latest batch closed, with their last sums, oldest first. */
    public List<OutcomeDay> retired() {
        return retired;
    }

    /** Returns the newest day with a list or an outcome; −1 if there is none. */
    public int newest() {
        return days.isEmpty() ? -1 : days.lastKey();
    }

    /**
     * Returns how often an item was shown on a day at a place that was drawn among new items; 0 for
     * a day that is not the newest one.
     */
    public int shownAsNewcomer(int day, String itemId) {
        OutcomeDay known = days.get(day);
        return known == null ? 0 : known.newcomers().getOrDefault(itemId, 0);
    }

    /**
     * Returns the days to be written to the Outcomes table after a batch: once a day begins, all
     * that the batch before left open, and those closed. Each day is so written eight times before
     * its last, and a write that is lost with a process is made up for by the next day's.
     *
     * @param before the outcomes before the batch
     */
    public List<OutcomeDay> toStore(Outcomes before) {
        if (before.days.isEmpty() || newest() == before.newest()) {
            return List.of();
        }
        List<OutcomeDay> due = new ArrayList<>(retired);
        due.addAll(days.headMap(newest()).values());
        return List.copyOf(due);
    }

    /** The mutable continuation, which copies each changed day once. Used by one thread. */
    public static final class Draft implements PartDraft<Outcomes> {
        private final Drafts<Integer, OutcomeDay, DayDraft> days;
        private final OutcomeHours.Draft hours;
        private final List<OutcomeDay> retired = new ArrayList<>();
        private long tooLate;

        private Draft(Outcomes from) {
            days = new Drafts<>(from.days, OutcomeDay::empty, DayDraft::new, DayDraft::seal);
            hours = from.hours.draft();
            tooLate = from.tooLate;
        }

        /** Counts a list, and the clicks on it that came before it. */
        @Override
        public void shown(Example.Exposure list, FoldContext model) {
            DayDraft day = day(list.day());
            if (day == null) {
                return;
            }
            if (!list.attributed()) {
                day.unattributed().add(OutcomeCount.LISTS, 1);
                return;
            }
            for (OutcomePair pair : OutcomePair.of(list.placement(), list.arms())) {
                shown(day.of(pair), list);
            }
            OutcomeSums.Draft hour = hours.of(list.hour(), list.placement());
            if (hour != null) {
                shown(hour, list);
            }
            for (Example.Exposure.Place place : list.places()) {
                if (place.newcomer()) {
                    day.shownAsNewcomer(place.itemId());
                }
            }
        }

        private static void shown(OutcomeSums.Draft sums, Example.Exposure list) {
            int bucket = OutcomeSums.bucket(list.user());
            sums.add(OutcomeCount.LISTS, 1).addOfBucket(bucket, 1, 0);
            for (Example.Exposure.Place place : list.places()) {
                sums.addAt(OutcomeCount.PLACES, place.position(), place.sources(), 1);
                sums.addAtOfBucket(bucket, place.position(), place.sources(), 1, 0);
                sums.add(OutcomeCount.EXPLORED, place.explored() ? 1 : 0);
            }
            for (ListCredit click : list.earlier()) {
                sums.add(OutcomeCount.UNSEEN_CLICKS, -1);
                click(sums, click, bucket);
            }
        }

        @Override
        public void happened(Example.Interaction interaction, FoldContext model) {
            if (interaction.credit() != null) {
                count(interaction.credit(), interaction.user(), 1);
            }
        }

        /** Takes an outcome back; a click remains. */
        @Override
        public void takenBack(Example.Interaction interaction) {
            ListCredit outcome = interaction.credit();
            if (outcome != null && !outcome.kind().isClick()) {
                count(outcome, interaction.user(), -1);
            }
        }

        private void count(ListCredit outcome, Pseudonym user, int sign) {
            DayDraft day = day(outcome.day());
            if (day != null) {
                count(day, outcome, OutcomeSums.bucket(user), sign);
            }
        }

        private void count(DayDraft day, ListCredit outcome, int bucket, int sign) {
            if (!outcome.attributed()) {
                count(day.unattributed(), outcome, bucket, sign);
                return;
            }
            for (OutcomePair pair : OutcomePair.of(outcome.placement(), outcome.arms())) {
                count(day.of(pair), outcome, bucket, sign);
            }
            OutcomeSums.Draft hour = hours.of(outcome.hour(), outcome.placement());
            if (hour != null) {
                count(hour, outcome, bucket, sign);
            }
        }

        private static void count(
                OutcomeSums.Draft sums, ListCredit outcome, int bucket, int sign) {
            switch (outcome.kind()) {
                case CLICK, LATE_CLICK -> click(sums, outcome, bucket);
                case CONVERSION -> {
                    sums.addAt(
                            OutcomeCount.CONVERSIONS, outcome.position(), outcome.sources(), sign);
                    String currency = outcome.currency();
                    if (currency != null) {
                        sums.addRevenue(currency, sign * outcome.amount());
                    }
                }
                case HIDE -> sums.add(OutcomeCount.HIDES, sign);
            }
        }

        private static void click(OutcomeSums.Draft sums, ListCredit click, int bucket) {
            if (!click.seen()) {
                sums.add(OutcomeCount.UNSEEN_CLICKS, 1);
                return;
            }
            switch (click.kind()) {
                case CLICK -> {
                    sums.addAt(OutcomeCount.CLICKS, click.position(), click.sources(), 1);
                    sums.addAtOfBucket(bucket, click.position(), click.sources(), 0, 1);
                    sums.add(OutcomeCount.LISTS_CLICKED, click.first() ? 1 : 0)
                            .addOfBucket(bucket, 0, click.first() ? 1 : 0);
                }
                case LATE_CLICK -> sums.add(OutcomeCount.LATE_CLICKS, 1);
                case CONVERSION, HIDE ->
                        throw new IllegalArgumentException(click.kind() + " is no click");
            }
        }

        /** Returns a day, and closes those that are too old beside it; null for a closed day. */
        private @Nullable DayDraft day(int day) {
            if (day <= days.newest(Integer.MIN_VALUE / 2) - OPEN_DAYS) {
                tooLate++;
                return null;
            }
            retired.addAll(days.removeTo(day - OPEN_DAYS));
            return days.of(day);
        }

        /** Returns the content; a view is empty, since nothing that learns reads it. */
        @Override
        public Outcomes content(boolean sealed) {
            if (!sealed) {
                return NONE;
            }
            TreeMap<Integer, OutcomeDay> all = new TreeMap<>(days.seal());
            if (!all.isEmpty()) {
                int last = all.lastKey();
                all.headMap(last).replaceAll((day, sums) -> sums.past());
            }
            return new Outcomes(all, hours.seal(), tooLate, List.copyOf(retired));
        }
    }

    /** The mutable continuation of a day, which copies each changed part once. */
    private static final class DayDraft {
        private final OutcomeDay from;
        private final Drafts<OutcomePair, OutcomeSums, OutcomeSums.Draft> pairs;
        private OutcomeSums.@Nullable Draft unattributed;
        private @Nullable Map<String, Integer> newcomers;

        private DayDraft(OutcomeDay from) {
            this.from = from;
            pairs =
                    new Drafts<>(
                            from.pairs(), this::begin, OutcomeSums::draft, OutcomeSums.Draft::seal);
        }

        private void shownAsNewcomer(String itemId) {
            if (newcomers == null) {
                newcomers = new HashMap<>(from.newcomers());
            }
            if (newcomers.containsKey(itemId) || newcomers.size() < OutcomeDay.MAX_NEWCOMERS) {
                newcomers.merge(itemId, 1, Integer::sum);
            }
        }

        private OutcomeSums.Draft unattributed() {
            if (unattributed == null) {
                unattributed = from.unattributed().draft();
            }
            return unattributed;
        }

        private OutcomeSums.Draft of(OutcomePair wanted) {
            boolean apart = pairs.has(wanted) || hasRoomFor(wanted);
            return pairs.of(apart ? wanted : wanted.amongOthers());
        }

        private boolean hasRoomFor(OutcomePair wanted) {
            return wanted.isOfSegment()
                    ? segments(pairs.keys()) < MAX_SEGMENTS
                    : named(pairs.keys()) < MAX_PAIRS;
        }

        /** Returns what a pair begins with: the first placements have buckets of their parts. */
        private OutcomeSums begin(OutcomePair pair) {
            return isPlacement(pair)
                            && pairs.keys().stream().filter(DayDraft::isPlacement).count()
                                    < MAX_WITH_PART_BUCKETS
                    ? OutcomeSums.NONE_WITH_PART_BUCKETS
                    : OutcomeSums.NONE;
        }

        private static boolean isPlacement(OutcomePair pair) {
            return pair.isOfPlacement() && pair.isTold();
        }

        private OutcomeDay seal() {
            return new OutcomeDay(
                    from.day(),
                    pairs.seal(),
                    unattributed == null ? from.unattributed() : unattributed.seal(),
                    newcomers == null ? from.newcomers() : newcomers);
        }
    }
}
