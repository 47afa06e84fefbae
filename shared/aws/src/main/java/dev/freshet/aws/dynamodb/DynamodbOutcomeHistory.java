package dev.freshet.aws.dynamodb;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.model.sums.OutcomeHistory.StoredOutcomes;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.model.sums.OutcomesForm;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;

/** The outcomes of past days in DynamoDB, at one write unit a day and pair, read by one query. */
public final class DynamodbOutcomeHistory implements OutcomeHistory {
    private static final String STORE = "The Outcomes table";

    /** What sorts behind every key of a day. */
    private static final String AFTER = "$";

    private final Rows<Row> table;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    public DynamodbOutcomeHistory(
            DynamoDbEnhancedClient client,
            String tableName,
            RetentionPolicy retention,
            InstantSource clock) {
        this.table = Rows.of(client, tableName, Row.SCHEMA, STORE);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public boolean put(StoredOutcomes outcomes) {
        Instant now = clock.instant();
        Row row = Row.of(outcomes, now, retention.period(RetentionPolicy.Kind.OUTCOMES));
        return table.put(row, Conditions.ofNoLaterModel(outcomes.modelVersion(), now));
    }

    @Override
    public List<StoredOutcomes> between(int firstDay, int lastDay) {
        OutcomeHistory.check(firstDay, lastDay);
        if (firstDay > lastDay) {
            return List.of();
        }
        QueryConditional range =
                QueryConditional.sortBetween(
                        Rows.key(Row.PARTITION, Row.date(firstDay)),
                        Rows.key(Row.PARTITION, Row.date(lastDay) + AFTER));
        Instant now = clock.instant();
        return table.query(
                query -> query.queryConditional(range),
                rows -> rows.filter(row -> !row.expired(now)).map(Row::value).toList());
    }

    /**
     * A row of Outcomes: the sums of a day, placement and arm as bytes, 150 to 400 B. All rows are
     * in one partition, which is written some times a day and read by ranges of days; the sort key
     * is the day, then placement and arm, {@code 2026-11-24#home#control}, or the day alone for
     * what belongs to no known list.
     */
    private record Row(
            String scope,
            String dayKey,
            @Nullable String placement,
            @Nullable String arm,
            SdkBytes sums,
            long modelVersion,
            @Nullable Long expiresAt)
            implements Rows.Expiring {
        static final String PARTITION = "lists";

        static final TableSchema<Row> SCHEMA =
                RowSchema.of(Row.class, TableKeys.SCOPE, TableKeys.DAY_KEY);

        private static final int DATE_LENGTH = 10;

        static Row of(StoredOutcomes outcomes, Instant now, Duration retention) {
            ByteSink out = new ByteSink(256);
            OutcomesForm.SUMS.write(outcomes.sums(), out);
            OutcomePair pair = outcomes.pair();
            String day = date(outcomes.day());
            return new Row(
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
    }
}
