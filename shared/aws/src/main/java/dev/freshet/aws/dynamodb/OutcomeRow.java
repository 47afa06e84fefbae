package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.codec.OutcomesForm;
import dev.freshet.model.outcome.OutcomePair;
import dev.freshet.model.outcome.StoredOutcomes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Outcomes: the sums of a day, placement and arm as bytes, 150 to 400 B. All rows are in
 * one partition, which is written some times a day and read by ranges of days; the sort key is the
 * day, then placement and arm, {@code 2026-11-24#home#control}, or the day alone for what belongs
 * to no known list.
 */
record OutcomeRow(
        String scope,
        String dayKey,
        @Nullable String placement,
        @Nullable String arm,
        SdkBytes sums,
        long modelVersion,
        long expiresAt) {
    static final String PARTITION = "lists";

    static final TableSchema<OutcomeRow> SCHEMA =
            RowSchema.of(OutcomeRow.class, TableKeys.SCOPE, TableKeys.DAY_KEY);

    private static final int DATE_LENGTH = 10;

    static OutcomeRow of(StoredOutcomes outcomes, Instant now, Duration retention) {
        ByteSink out = new ByteSink(256);
        OutcomesForm.SUMS.write(outcomes.sums(), out);
        OutcomePair pair = outcomes.pair();
        String day = date(outcomes.day());
        return new OutcomeRow(
                PARTITION,
                pair == null ? day : day + "#" + pair.placement() + "#" + pair.arm(),
                pair == null ? null : pair.placement(),
                pair == null ? null : pair.arm(),
                SdkBytes.fromByteArrayUnsafe(out.toBytes()),
                outcomes.modelVersion(),
                RowExpiry.expiry(now, retention));
    }

    /** Returns the day as it begins a sort key. */
    static String date(int day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    StoredOutcomes value() {
        long day = LocalDate.parse(dayKey.substring(0, DATE_LENGTH)).toEpochDay();
        return new StoredOutcomes(
                Math.toIntExact(day),
                placement == null || arm == null ? null : new OutcomePair(placement, arm),
                OutcomesForm.SUMS.read(new ByteSource(sums.asByteArrayUnsafe())),
                modelVersion);
    }

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
    }
}
