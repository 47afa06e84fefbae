package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.privacy.RowExpiry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The rows of a table, and the calls that its adapter makes. Each throws {@link
 * dev.freshet.store.StoreUnavailableException} where the outcome is unknown ({@link AwsCalls}).
 *
 * @param store name of the table in the messages of exceptions
 */
record Rows<R>(DynamoDbTable<R> table, String store) {
    /** A row that counts as absent once its time to live has passed. */
    interface Expiring {
        /** Returns the expiry time in epoch seconds; null for a row that never expires. */
        @Nullable Long expiresAt();

        /** Returns whether the row counts as absent. */
        default boolean expired(Instant now) {
            return RowExpiry.passed(expiresAt(), now);
        }
    }

    static <R> Rows<R> of(
            DynamoDbEnhancedClient client, String table, TableSchema<R> schema, String store) {
        return new Rows<>(client.table(table, schema), store);
    }

    static Key key(String partition) {
        return Key.builder().partitionValue(partition).build();
    }

    static Key key(String partition, String sort) {
        return Key.builder().partitionValue(partition).sortValue(sort).build();
    }

    static Key key(String partition, long sort) {
        return Key.builder().partitionValue(partition).sortValue(sort).build();
    }

    /** Reads a row consistently, at one read unit for 4 KB. */
    Optional<R> get(Key key) {
        return get(key, true);
    }

    Optional<R> get(Key key, boolean consistent) {
        return AwsCalls.call(
                store,
                () ->
                        Optional.ofNullable(
                                table.getItem(get -> get.key(key).consistentRead(consistent))));
    }

    /** Makes a query, and reads as many pages as the reader takes rows. */
    <T> T query(
            Consumer<QueryEnhancedRequest.Builder> query, Function<Stream<R>, ? extends T> reader) {
        return AwsCalls.call(store, () -> reader.apply(table.query(query).items().stream()));
    }

    /** Reads the whole table consistently, by scans. */
    <T> T all(Function<Stream<R>, ? extends T> reader) {
        return AwsCalls.call(
                store,
                () -> reader.apply(table.scan(scan -> scan.consistentRead(true)).items().stream()));
    }

    /**
     * Reads a part of the table by one scan of at most 1 MB.
     *
     * @param after the key after which it begins, by its attributes; empty for the beginning
     * @param most rows to read, or null
     * @param keep which rows to return
     */
    <T> ScanPage<T> page(
            Map<String, String> after,
            @Nullable Integer most,
            Predicate<R> keep,
            Function<R, T> value) {
        Map<String, AttributeValue> start =
                after.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        part -> AttributeValue.fromS(part.getValue())));
        Page<R> page =
                AwsCalls.call(
                        store,
                        () ->
                                table
                                        .scan(
                                                scan ->
                                                        scan.limit(most)
                                                                .exclusiveStartKey(
                                                                        start.isEmpty()
                                                                                ? null
                                                                                : start))
                                        .stream()
                                        .findFirst()
                                        .orElseThrow());
        Map<String, String> next =
                Optional.ofNullable(page.lastEvaluatedKey()).orElse(Map.of()).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, part -> part.getValue().s()));
        return new ScanPage<>(page.items().stream().filter(keep).map(value).toList(), next);
    }

    /** Puts a row. */
    void put(R row) {
        AwsCalls.call(
                store,
                () -> {
                    table.putItem(row);
                    return true;
                });
    }

    /**
     * Puts a row if the condition holds. Costs one write unit for each started KB, whether or not
     * it holds.
     *
     * @return whether it held
     */
    boolean put(R row, Conditions condition) {
        return holds(
                () ->
                        table.putItem(
                                put -> put.item(row).conditionExpression(condition.expression())));
    }

    /** Sets the attributes of a row that are not null if the condition holds; returns whether. */
    boolean update(R row, Conditions condition) {
        return holds(
                () ->
                        table.updateItem(
                                update ->
                                        update.item(row)
                                                .ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY)
                                                .conditionExpression(condition.expression())));
    }

    /** Deletes a row if the condition holds; returns whether. */
    boolean delete(Key key, Conditions condition) {
        return holds(
                () ->
                        table.deleteItem(
                                delete ->
                                        delete.key(key)
                                                .conditionExpression(condition.expression())));
    }

    private boolean holds(Runnable write) {
        return AwsCalls.call(
                store,
                () -> {
                    try {
                        write.run();
                        return true;
                    } catch (ConditionalCheckFailedException other) {
                        return false;
                    }
                });
    }
}
