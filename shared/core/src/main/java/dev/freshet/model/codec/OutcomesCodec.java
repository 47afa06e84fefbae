package dev.freshet.model.codec;

import dev.freshet.example.ItemCodec;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeDay;
import dev.freshet.model.outcome.OutcomeHours;
import dev.freshet.model.outcome.OutcomePair;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.model.outcome.Outcomes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The binary form of outcomes: by day, then by placement and arm; then by hour and placement. Zeros
 * take one byte, and parts of an hour none.
 */
public final class OutcomesCodec {
    private static final int MOST_DAY = 1 << 20;
    private static final int MOST_HOUR = 1 << 24;
    private static final int MOST_COUNTS = 64;

    private OutcomesCodec() {}

    static void write(Outcomes outcomes, ByteSink out) {
        out.varint(outcomes.tooLate());
        List<OutcomeDay> days = outcomes.days();
        out.varint(days.size());
        for (OutcomeDay day : days) {
            out.varint(day.day());
            write(day.unattributed(), out);
            out.varint(day.pairs().size());
            day.pairs()
                    .forEach(
                            (pair, sums) -> {
                                out.text(pair.placement());
                                out.text(pair.arm());
                                write(sums, out);
                                partBuckets(sums, out);
                            });
            out.varint(day.newcomers().size());
            new TreeMap<>(day.newcomers())
                    .forEach(
                            (itemId, shows) -> {
                                out.text(itemId);
                                out.varint(shows);
                            });
        }
        write(outcomes.hours(), out);
    }

    private static void write(OutcomeHours hours, ByteSink out) {
        out.varint(hours.sums().size());
        hours.sums()
                .forEach(
                        (hour, placements) -> {
                            out.varint(hour);
                            out.varint(placements.size());
                            placements.forEach(
                                    (placement, sums) -> {
                                        out.text(placement);
                                        totals(sums, out);
                                    });
                        });
    }

    private static OutcomeHours hours(ByteSource in) {
        SortedMap<Integer, SortedMap<String, OutcomeSums>> hours = new TreeMap<>();
        for (int left = in.count(OutcomeHours.HOURS, 2); left > 0; left--) {
            int hour = in.upTo(MOST_HOUR);
            SortedMap<String, OutcomeSums> placements = new TreeMap<>();
            for (int more = in.count(OutcomeHours.MOST_PLACEMENTS + 1, 3); more > 0; more--) {
                String placement = in.text(ItemCodec.MOST_NAME_BYTES);
                OutcomeSums.Draft sums = OutcomeSums.NONE.draft();
                totals(in, sums);
                placements.put(placement, sums.seal());
            }
            hours.put(hour, placements);
        }
        return OutcomeHours.of(hours);
    }

    static Outcomes read(ByteSource in) {
        long tooLate = in.varint();
        List<OutcomeDay> days = new ArrayList<>();
        for (int left = in.count(Outcomes.OPEN_DAYS, 3); left > 0; left--) {
            int day = in.upTo(MOST_DAY);
            OutcomeSums unattributed = sums(in);
            SortedMap<OutcomePair, OutcomeSums> pairs = new TreeMap<>();
            for (int more = in.count(Outcomes.MOST_STORED_PAIRS, 3); more > 0; more--) {
                OutcomePair pair =
                        new OutcomePair(
                                in.text(ItemCodec.MOST_NAME_BYTES),
                                in.text(ItemCodec.MOST_NAME_BYTES));
                OutcomeSums sums = sums(in);
                pairs.put(pair, in.flag() ? withPartBuckets(sums, in) : sums);
            }
            Map<String, Integer> newcomers = new HashMap<>();
            for (int more = in.count(OutcomeDay.MOST_NEWCOMERS, 2); more > 0; more--) {
                newcomers.put(in.text(ItemCodec.MOST_NAME_BYTES), in.upTo(Integer.MAX_VALUE));
            }
            days.add(new OutcomeDay(day, pairs, unattributed, newcomers));
        }
        return Outcomes.of(days, hours(in), tooLate);
    }

    /** Writes sums without the buckets of their parts; equal sums have equal bytes. */
    public static void write(OutcomeSums sums, ByteSink out) {
        totals(sums, out);
        for (OutcomeCount count : OutcomeSums.brokenDown()) {
            for (int source = 0; source < OutcomeSums.SOURCES; source++) {
                out.zigzag(sums.ofSource(source, count));
            }
            for (int position = 0; position < OutcomeSums.POSITIONS; position++) {
                out.zigzag(sums.ofPosition(position, count));
            }
        }
    }

    /** Writes counts, buckets and revenue. */
    private static void totals(OutcomeSums sums, ByteSink out) {
        out.varint(OutcomeCount.values().length);
        for (OutcomeCount count : OutcomeCount.values()) {
            out.zigzag(sums.get(count));
        }
        buckets(sums, out);
        out.varint(sums.revenue().size());
        sums.revenue()
                .forEach(
                        (currency, amount) -> {
                            out.text(currency);
                            out.zigzag(amount);
                        });
    }

    /** Writes the buckets that are not empty, each after the number of empty ones before it. */
    private static void buckets(OutcomeSums sums, ByteSink out) {
        int[] filled =
                IntStream.range(0, OutcomeSums.BUCKETS)
                        .filter(at -> sums.listsOf(at) != 0 || sums.listsClickedOf(at) != 0)
                        .toArray();
        out.varint(filled.length);
        int next = 0;
        for (int bucket : filled) {
            out.varint(bucket - next);
            out.zigzag(sums.listsOf(bucket));
            out.zigzag(sums.listsClickedOf(bucket));
            next = bucket + 1;
        }
    }

    /** Writes whether there are buckets of parts, then of each part those that are not empty. */
    private static void partBuckets(OutcomeSums sums, ByteSink out) {
        out.put(sums.hasPartBuckets() ? 1 : 0);
        for (int part = 0; sums.hasPartBuckets() && part < OutcomeSums.PARTS; part++) {
            int of = part;
            int[] filled =
                    IntStream.range(0, OutcomeSums.BUCKETS)
                            .filter(
                                    at ->
                                            sums.placesOfPart(of, at) != 0
                                                    || sums.clicksOfPart(of, at) != 0)
                            .toArray();
            out.varint(filled.length);
            int next = 0;
            for (int bucket : filled) {
                out.varint(bucket - next);
                out.varint(sums.placesOfPart(part, bucket));
                out.varint(sums.clicksOfPart(part, bucket));
                next = bucket + 1;
            }
        }
    }

    private static OutcomeSums withPartBuckets(OutcomeSums read, ByteSource in) {
        OutcomeSums.Draft sums = OutcomeSums.draftWithPartBuckets().add(read);
        for (int part = 0; part < OutcomeSums.PARTS; part++) {
            int next = 0;
            for (int left = in.count(OutcomeSums.BUCKETS, 3); left > 0; left--) {
                int bucket = next + in.upTo(OutcomeSums.BUCKETS - 1 - next);
                sums.addOfPart(
                        part, bucket, in.upTo(Integer.MAX_VALUE), in.upTo(Integer.MAX_VALUE));
                next = bucket + 1;
            }
        }
        return sums.seal();
    }

    private static void buckets(ByteSource in, OutcomeSums.Draft sums) {
        int next = 0;
        for (int left = in.count(OutcomeSums.BUCKETS, 3); left > 0; left--) {
            int bucket = next + in.upTo(OutcomeSums.BUCKETS - 1 - next);
            sums.addOfBucket(bucket, in.zigzag(), in.zigzag());
            next = bucket + 1;
        }
    }

    /**
     * Reads what {@link #write(OutcomeSums, ByteSink)} wrote. Counts that this release does not
     * know are skipped.
     */
    public static OutcomeSums sums(ByteSource in) {
        OutcomeSums.Draft sums = OutcomeSums.NONE.draft();
        totals(in, sums);
        for (OutcomeCount count : OutcomeSums.brokenDown()) {
            for (int source = 0; source < OutcomeSums.SOURCES; source++) {
                sums.addOfSource(source, count, in.zigzag());
            }
            for (int position = 0; position < OutcomeSums.POSITIONS; position++) {
                sums.addOfPosition(position, count, in.zigzag());
            }
        }
        return sums.seal();
    }

    private static void totals(ByteSource in, OutcomeSums.Draft sums) {
        OutcomeCount[] known = OutcomeCount.values();
        int counts = in.count(MOST_COUNTS, 1);
        for (int at = 0; at < counts; at++) {
            long value = in.zigzag();
            if (at < known.length) {
                sums.add(known[at], value);
            }
        }
        buckets(in, sums);
        for (int left = in.count(OutcomeSums.MOST_CURRENCIES, 2); left > 0; left--) {
            sums.addRevenue(in.text(ItemCodec.MOST_NAME_BYTES), in.zigzag());
        }
    }
}
