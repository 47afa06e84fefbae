package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Exposures;
import dev.freshet.features.LatestRows;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The lists shown in DynamoDB: an impression is one update, of one write unit up to some 24 items;
 * an outcome is one more. Neither reads the row first: the update returns it. A redelivered
 * impression costs a second update.
 *
 * <p>Requests are written out rather than mapped, because the mapper of the SDK cannot add to a set
 * and return the row.
 */
public record DynamodbExposures(
        DynamoDbClient client, String table, RetentionPolicy retention, InstantSource clock)
        implements Exposures {
    private static final String STORE = "The Exposures table";

    @Override
    public Written put(StoredExposure row, @Nullable ShardPosition retryOf) {
        if (retryOf != null) {
            StoredExposure taken = put(row, retryOf, retryOf);
            if (taken != null) {
                return new Written(Put.STORED, taken);
            }
        }
        StoredExposure stored = put(row, null, null);
        if (stored != null) {
            return new Written(Put.STORED, stored);
        }
        StoredExposure own = put(row, Objects.requireNonNull(row.owner()), null);
        return own == null ? new Written(Put.OTHERS, null) : new Written(Put.OWN, own);
    }

    /**
     * Writes the list if it has this owner, or none.
     *
     * @param owner the owner that the stored list must have; null if there must be no list
     * @param first the owner to note as the first one, or null
     * @return the row after the update; null if the condition did not hold
     */
    private @Nullable StoredExposure put(
            StoredExposure row, @Nullable ShardPosition owner, @Nullable ShardPosition first) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(
                ":list",
                AttributeValue.fromB(ExposureRow.bytes(Objects.requireNonNull(row.list()))));
        values.put(":mine", AttributeValue.fromS(Objects.requireNonNull(row.owner()).toString()));
        Map<String, String> names = new HashMap<>();
        names.put("#list", ExposureRow.LIST);
        names.put("#owner", ExposureRow.OWNER);
        String update = "SET #list = :list, #owner = :mine";
        if (first != null) {
            update += ", #first = if_not_exists(#first, :first)";
            names.put("#first", ExposureRow.FIRST);
            values.put(":first", AttributeValue.fromS(first.toString()));
        }
        String condition = "attribute_not_exists(#owner)";
        if (owner != null) {
            condition = "#owner = :owner";
            values.put(":owner", AttributeValue.fromS(owner.toString()));
        }
        return update(
                ExposureRow.key(row.userId(), row.issuedAt(), row.listId()),
                update,
                condition,
                names,
                values,
                row.receivedAt());
    }

    @Override
    public @Nullable StoredExposure mark(
            String userId,
            Instant issuedAt,
            String listId,
            ExposureOutcome outcome,
            Instant receivedAt) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":one", AttributeValue.fromS(outcome.toString()));
        values.put(":set", AttributeValue.fromSs(List.of(outcome.toString())));
        values.put(":most", AttributeValue.fromN(Integer.toString(StoredExposure.MAX_OUTCOMES)));
        return update(
                ExposureRow.key(userId, issuedAt, listId),
                "ADD #outcomes :set SET",
                "attribute_not_exists(#outcomes) OR size(#outcomes) < :most"
                        + " OR contains(#outcomes, :one)",
                new HashMap<>(Map.of("#outcomes", ExposureRow.OUTCOMES)),
                values,
                receivedAt);
    }

    private @Nullable StoredExposure update(
            Map<String, AttributeValue> key,
            String expression,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values,
            Instant receivedAt) {
        names.put("#received", ExposureRow.RECEIVED_AT);
        names.put("#expires", TableKeys.EXPIRES_AT);
        values.put(":received", number(receivedAt.toEpochMilli()));
        values.put(
                ":expires",
                number(
                        RowExpiry.expiry(
                                receivedAt, retention.period(RetentionPolicy.Kind.EXPOSURES))));
        String separator = expression.endsWith("SET") ? " " : ", ";
        UpdateItemRequest request =
                UpdateItemRequest.builder()
                        .tableName(table)
                        .key(key)
                        .updateExpression(
                                expression
                                        + separator
                                        + "#received = if_not_exists(#received, :received),"
                                        + " #expires = if_not_exists(#expires, :expires)")
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values)
                        .returnValues(ReturnValue.ALL_NEW)
                        .build();
        try {
            return AwsCalls.call(
                    STORE, () -> ExposureRow.value(client.updateItem(request).attributes()));
        } catch (StoreUnavailableException failed) {
            if (failed.getCause() instanceof ConditionalCheckFailedException) {
                return null;
            }
            throw failed;
        }
    }

    @Override
    public List<StoredExposure> latest(String userId, int limit) {
        LatestRows.checkPage(limit);
        long now = clock.instant().getEpochSecond();
        QueryRequest query = query(userId).scanIndexForward(false).limit(limit).build();
        return AwsCalls.call(
                STORE,
                () ->
                        client.query(query).items().stream()
                                .filter(row -> ExposureRow.expiresAt(row) > now)
                                .map(ExposureRow::value)
                                .toList());
    }

    @Override
    public Page<StoredExposure> page(String userId, @Nullable String after, int limit) {
        LatestRows.checkPage(limit);
        QueryRequest.Builder query = query(userId).limit(limit);
        if (after != null) {
            query.exclusiveStartKey(
                    Map.of(
                            TableKeys.USER_ID, AttributeValue.fromS(userId),
                            TableKeys.LIST_KEY, AttributeValue.fromS(after)));
        }
        return AwsCalls.call(STORE, () -> pageOf(client.query(query.build())));
    }

    private static Page<StoredExposure> pageOf(QueryResponse answer) {
        AttributeValue next = answer.lastEvaluatedKey().get(TableKeys.LIST_KEY);
        return new Page<>(
                answer.items().stream().map(ExposureRow::value).toList(),
                next == null ? null : next.s());
    }

    private QueryRequest.Builder query(String userId) {
        return QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#user = :user")
                .expressionAttributeNames(Map.of("#user", TableKeys.USER_ID))
                .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(userId)))
                .consistentRead(true);
    }

    @Override
    public int remove(List<StoredExposure> rows) {
        LatestRows.checkPage(rows.size());
        return (int)
                AwsCalls.all(STORE, rows, this::removed).stream()
                        .filter(Boolean::booleanValue)
                        .count();
    }

    private boolean removed(StoredExposure row) {
        ShardPosition owner = row.owner();
        try {
            client.deleteItem(
                    delete -> {
                        delete.tableName(table)
                                .key(ExposureRow.key(row.userId(), row.issuedAt(), row.listId()))
                                .conditionExpression(
                                        owner == null
                                                ? "attribute_exists(#user) AND"
                                                        + " attribute_not_exists(#owner)"
                                                : "attribute_exists(#user) AND #owner = :owner")
                                .expressionAttributeNames(
                                        Map.of(
                                                "#user", TableKeys.USER_ID,
                                                "#owner", ExposureRow.OWNER));
                        if (owner != null) {
                            delete.expressionAttributeValues(
                                    Map.of(":owner", AttributeValue.fromS(owner.toString())));
                        }
                    });
            return true;
        } catch (ConditionalCheckFailedException changed) {
            return false;
        }
    }

    /** Returns every row of a table, in no order. Meant for audits, not for serving. */
    public static List<StoredExposure> scan(DynamoDbClient client, String table) {
        return AwsCalls.call(
                STORE,
                () ->
                        client
                                .scanPaginator(r -> r.tableName(table).consistentRead(true))
                                .items()
                                .stream()
                                .map(ExposureRow::value)
                                .toList());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
