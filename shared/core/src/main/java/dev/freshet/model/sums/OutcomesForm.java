package dev.freshet.model.sums;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.util.SortedMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The binary form of outcomes: by day, then by placement and arm; then by hour and placement. Zeros
 * take one byte, and parts of an hour none.
 */
public final class OutcomesForm {
    private static final int MAX_DAY = 1 << 20;
    private static final int MAX_HOUR = 1 << 24;
    private static final int MAX_COUNTS = 64;

    /**
     * Sums without the buckets of their parts; counts that this release does not know are skipped.
     */
    public static final Form<OutcomeSums> SUMS = Form.of(OutcomesForm::write, OutcomesForm::read);

    private static final Form<OutcomeSums> TOTALS =
            Form.of(
                    OutcomesForm::totals,
                    in -> {
                        OutcomeSums.Draft sums = OutcomeSums.NONE.totalsDraft();
                        totals(in, sums);
                        return sums.seal();
                    });

    private static final Form<OutcomeSums> PAIR_SUMS =
            Form.of(
                    (sums, out) -> {
                        SUMS.write(sums, out);
                        partBuckets(sums, out);
                    },
                    in -> {
                        OutcomeSums sums = SUMS.read(in);
                        return in.flag() ? withPartBuckets(sums, in) : sums;
                    });

    private static final Form<OutcomePair> PAIR =
            fields ->
                    new OutcomePair(
                            fields.part(Form.TEXT, OutcomePair::placement),
                            fields.part(Form.TEXT, OutcomePair::arm));

    private static final Form<OutcomeDay> DAY =
            fields -> {
                int day = fields.upTo(MAX_DAY, OutcomeDay::day);
                OutcomeSums unattributed = fields.part(SUMS, OutcomeDay::unattributed);
                return new OutcomeDay(
                        day,
                        fields.map(Outcomes.MAX_STORED_PAIRS, PAIR, PAIR_SUMS, OutcomeDay::pairs),
                        unattributed,
                        fields.map(
                                OutcomeDay.MAX_NEWCOMERS,
                                Form.TEXT,
                                Form.upTo(Integer.MAX_VALUE),
                                OutcomeDay::newcomers));
            };

    private static final Form<SortedMap<String, OutcomeSums>> HOUR =
            fields ->
                    fields.map(
                            OutcomeHours.MAX_PLACEMENTS + 1,
                            Form.TEXT,
                            TOTALS,
                            placements -> placements);

    static final Form<Outcomes> OUTCOMES =
            fields -> {
                long tooLate = fields.varint(Outcomes::tooLate);
                return Outcomes.of(
                        fields.list(Outcomes.OPEN_DAYS, DAY, Outcomes::days),
                        OutcomeHours.of(
                                fields.map(
                                        OutcomeHours.HOURS,
                                        Form.upTo(MAX_HOUR),
                                        HOUR,
                                        outcomes -> outcomes.hours().sums())),
                        tooLate);
            };

    private OutcomesForm() {}

    private static void write(OutcomeSums sums, ByteSink out) {
        totals(sums, out);
        for (OutcomeCount count : OutcomeSums.brokenDown()) {
            for (int part = 0; part < OutcomeSums.PARTS; part++) {
                out.zigzag(sums.ofPart(part, count));
            }
        }
    }

    /** Writes counts, buckets and revenue. */
    private static void totals(OutcomeSums sums, ByteSink out) {
        out.varint(OutcomeCount.values().length);
        for (OutcomeCount count : OutcomeCount.values()) {
            out.zigzag(sums.get(count));
        }
        buckets(
                out,
                bucket -> sums.listsOf(bucket) != 0 || sums.listsClickedOf(bucket) != 0,
                bucket -> {
                    out.zigzag(sums.listsOf(bucket));
                    out.zigzag(sums.listsClickedOf(bucket));
                });
        out.varint(sums.revenue().size());
        sums.revenue()
                .forEach(
                        (currency, amount) -> {
                            out.text(currency);
                            out.zigzag(amount);
                        });
    }

    /** Writes the buckets that are not empty, each after the number of empty ones before it. */
    private static void buckets(ByteSink out, IntPredicate isFilled, IntConsumer writer) {
        int[] filled = IntStream.range(0, OutcomeSums.BUCKETS).filter(isFilled).toArray();
        out.varint(filled.length);
        int next = 0;
        for (int bucket : filled) {
            out.varint(bucket - next);
            writer.accept(bucket);
            next = bucket + 1;
        }
    }

    private static void buckets(ByteSource in, IntConsumer reader) {
        int next = 0;
        for (int left = in.count(OutcomeSums.BUCKETS, 3); left > 0; left--) {
            int bucket = next + in.upTo(OutcomeSums.BUCKETS - 1 - next);
            reader.accept(bucket);
            next = bucket + 1;
        }
    }

    /** Writes whether there are buckets of parts, then of each part those that are not empty. */
    private static void partBuckets(OutcomeSums sums, ByteSink out) {
        out.put(sums.hasPartBuckets() ? 1 : 0);
        for (int at = 0; sums.hasPartBuckets() && at < OutcomeSums.PARTS; at++) {
            int part = at;
            buckets(
                    out,
                    bucket ->
                            sums.placesOfPart(part, bucket) != 0
                                    || sums.clicksOfPart(part, bucket) != 0,
                    bucket -> {
                        out.varint(sums.placesOfPart(part, bucket));
                        out.varint(sums.clicksOfPart(part, bucket));
                    });
        }
    }

    private static OutcomeSums withPartBuckets(OutcomeSums read, ByteSource in) {
        OutcomeSums.Draft sums = OutcomeSums.NONE_WITH_PART_BUCKETS.draft().add(read);
        for (int at = 0; at < OutcomeSums.PARTS; at++) {
            int part = at;
            buckets(
                    in,
                    bucket ->
                            sums.addOfPart(
                                    part,
                                    bucket,
                                    in.upTo(Integer.MAX_VALUE),
                                    in.upTo(Integer.MAX_VALUE)));
        }
        return sums.seal();
    }

    private static OutcomeSums read(ByteSource in) {
        OutcomeSums.Draft sums = OutcomeSums.NONE.draft();
        totals(in, sums);
        for (OutcomeCount count : OutcomeSums.brokenDown()) {
            for (int part = 0; part < OutcomeSums.PARTS; part++) {
                sums.addOfPart(part, count, in.zigzag());
            }
        }
        return sums.seal();
    }

    private static void totals(ByteSource in, OutcomeSums.Draft sums) {
        OutcomeCount[] known = OutcomeCount.values();
        int counts = in.count(MAX_COUNTS, 1);
        for (int at = 0; at < counts; at++) {
            long value = in.zigzag();
            if (at < known.length) {
                sums.add(known[at], value);
            }
        }
        buckets(in, bucket -> sums.addOfBucket(bucket, in.zigzag(), in.zigzag()));
        for (int left = in.count(OutcomeSums.MAX_CURRENCIES, 2); left > 0; left--) {
            sums.addRevenue(Form.TEXT.read(in), in.zigzag());
        }
    }
}
