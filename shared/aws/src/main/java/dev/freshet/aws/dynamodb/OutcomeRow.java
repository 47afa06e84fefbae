package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.codec.OutcomesCodec;
import dev.freshet.model.outcome.OutcomePair;
import dev.freshet.model.outcome.StoredOutcomes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Outcomes: the sums of a day, placement and arm as bytes, 150 to 400 B. All rows are in
 * one partition, which is written some times a day and read by ranges of days; the sort key is the
 * day, then placement and arm, {@code 2026-11-24#home#control}, or the day alone for what belongs
 * to no known list.
 */
final class OutcomeRow {
    static final String PARTITION = "lists";

    static final TableSchema<OutcomeRow> SCHEMA =
            RowSchema.of(OutcomeRow.class, OutcomeRow::new)
                    .partitionKey(TableKeys.SCOPE, r -> r.scope, (r, v) -> r.scope = v)
                    .sortKey(TableKeys.DAY_KEY, String.class, r -> r.dayKey, (r, v) -> r.dayKey = v)
                    .with("placement", String.class, r -> r.placement, (r, v) -> r.placement = v)
                    .with("arm", String.class, r -> r.arm, (r, v) -> r.arm = v)
                    .with("sums", byte[].class, r -> r.sums, (r, v) -> r.sums = v)
                    .with(
                            Conditions.MODEL_VERSION,
                            Long.class,
                            r -> r.modelVersion,
                            (r, v) -> r.modelVersion = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private static final int DATE_LENGTH = 10;

    private String scope = "";
    private String dayKey = "";
    private @Nullable String placement;
    private @Nullable String arm;
    private byte[] sums = {};
    private Long modelVersion = 0L;
    private Long expiresAt = 0L;

    static OutcomeRow of(StoredOutcomes outcomes, Instant now, Duration retention) {
        ByteSink out = new ByteSink(256);
        OutcomesCodec.write(outcomes.sums(), out);
        OutcomePair pair = outcomes.pair();
        OutcomeRow row = new OutcomeRow();
        row.scope = PARTITION;
        row.dayKey = date(outcomes.day());
        if (pair != null) {
            row.dayKey += "#" + pair.placement() + "#" + pair.arm();
            row.placement = pair.placement();
            row.arm = pair.arm();
        }
        row.sums = out.toBytes();
        row.modelVersion = outcomes.modelVersion();
        row.expiresAt = RowExpiry.expiry(now, retention);
        return row;
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
                OutcomesCodec.sums(new ByteSource(sums)),
                modelVersion);
    }

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
    }
}
