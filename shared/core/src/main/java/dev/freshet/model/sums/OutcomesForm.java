package dev.freshet.model.sums;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.util.SortedMap;
import java.util.function.LongConsumer;
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
            Form.of(OutcomesForm::withPartBuckets, OutcomesForm::withPartBuckets);

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
        for (OutcomeCount count : OutcomeSums.BROKEN_DOWN) {
            for (int part = 0; part < OutcomeSums.PARTS; part++) {
                out.zigzag(sums.ofPart(part, count));
            }
        }
    }

    private static OutcomeSums read(ByteSource in) {
        OutcomeSums.Draft sums = OutcomeSums.NONE.draft();
        totals(in, sums);
        for (OutcomeCount count : OutcomeSums.BROKEN_DOWN) {
            for (int part = 0; part < OutcomeSums.PARTS; part++) {
                sums.addOfPart(part, count, in.zigzag());
            }
        }
        return sums.seal();
    }

    /** Writes counts, buckets and revenue. */
    private static void totals(OutcomeSums sums, ByteSink out) {
        out.varint(OutcomeCount.values().length);
        for (OutcomeCount count : OutcomeCount.values()) {
            out.zigzag(sums.get(count));
        }
        buckets(sums.buckets(), 0, out);
        out.varint(sums.revenue().size());
        sums.revenue()
                .forEach(
                        (currency, amount) -> {
                            out.text(currency);
                            out.zigzag(amount);
                        });
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
        buckets(in, 0, sums);
        for (int left = in.count(OutcomeSums.MAX_CURRENCIES, 2); left > 0; left--) {
            sums.addRevenue(Form.TEXT.read(in), in.zigzag());
        }
    }

    /** Writes sums, whether there are buckets of their parts, then those of each part. */
    private static void withPartBuckets(OutcomeSums sums, ByteSink out) {
        write(sums, out);
        out.put(sums.hasPartBuckets() ? 1 : 0);
        for (int row = 1; sums.hasPartBuckets() && row <= OutcomeSums.PARTS; row++) {
            buckets(sums.buckets(), row, out);
        }
    }

    private static OutcomeSums withPartBuckets(ByteSource in) {
        OutcomeSums read = read(in);
        if (!in.flag()) {
            return read;
        }
        OutcomeSums.Draft sums = OutcomeSums.NONE_WITH_PART_BUCKETS.draft().add(read);
        for (int row = 1; row <= OutcomeSums.PARTS; row++) {
            buckets(in, row, sums);
        }
        return sums.seal();
    }

    /**
     * Writes the buckets of a row that are not empty, each after the number of empty ones before
     * it. Only those of the first row may have a number below 0.
     */
    private static void buckets(SumTable buckets, int row, ByteSink out) {
        int[] filled =
                IntStream.range(0, OutcomeSums.BUCKETS)
                        .filter(
                                at ->
                                        (buckets.get(row, 2 * at) | buckets.get(row, 2 * at + 1))
                                                != 0)
                        .toArray();
        out.varint(filled.length);
        int next = 0;
        for (int bucket : filled) {
            out.varint(bucket - next);
            next = bucket + 1;
            LongConsumer number = row == 0 ? out::zigzag : out::varint;
            number.accept(buckets.get(row, 2 * bucket));
            number.accept(buckets.get(row, 2 * bucket + 1));
        }
    }

    private static void buckets(ByteSource in, int row, OutcomeSums.Draft sums) {
        int next = 0;
        for (int left = in.count(OutcomeSums.BUCKETS, 3); left > 0; left--) {
            int bucket = next + in.upTo(OutcomeSums.BUCKETS - 1 - next);
            next = bucket + 1;
            if (row == 0) {
                sums.addOfBucket(bucket, in.zigzag(), in.zigzag());
            } else {
                int places = in.upTo(Integer.MAX_VALUE);
                sums.addOfPart(row - 1, bucket, places, in.upTo(Integer.MAX_VALUE));
            }
        }
    }
}
