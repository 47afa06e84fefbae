package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.json.WireName;
import dev.freshet.privacy.RowExpiry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Copies rows of a restored table into the table that a running stack uses, where that one has lost
 * them. A row costs half a read unit where it is read and a whole one where it is compared, for
 * each 4 KB, and a write for each KB only where it is missing. A write has the condition that the
 * row is still the one that was compared, so copying may be interrupted and repeated.
 *
 * @param from name of the restored table
 * @param to name of the table of the stack
 * @param keys names of the attributes of the stack's key
 */
public record TableCopy(
        DynamoDbClient client, String from, String to, List<String> keys, InstantSource clock) {
    /** Rows that are read by one request, and then compared and written at once. */
    private static final int PAGE = 50;

    private static final int MAX_PUTS = 3;

    /** What becomes of a row of the restored table where the stack's has one of the same key. */
    public enum Rule {
        /** The stack's row stays. */
        MISSING(""),
        /** The item of the higher version is kept. */
        HIGHER_VERSION(ItemRow.VERSION),
        /** The row of the higher revision is kept. */
        HIGHER_REVISION(UserRow.REVISION),
        /** The row that the later version of the model wrote is kept. */
        LATER_MODEL(Conditions.MODEL_VERSION),
        /**
         * The stack's row stays and gets the attributes that it has not, as a new revision; none if
         * it tells of an erasure that the restored row does not know.
         */
        FILLED(UserRow.REVISION);

        private final String counter;

        Rule(String counter) {
            this.counter = counter;
        }

        /** Returns the row to put; empty if the stack's is to stay as it is. */
        private Optional<Map<String, AttributeValue>> kept(
                Map<String, AttributeValue> restored, Map<String, AttributeValue> there) {
            Map<String, AttributeValue> row = new HashMap<>(restored);
            if (there.isEmpty()) {
                return Optional.of(row);
            }
            if (this != FILLED) {
                return Optional.of(row)
                        .filter(_ -> this != MISSING && count(restored) > count(there));
            }
            row.putAll(there);
            row.put(counter, AttributeValue.fromN(Long.toString(count(there) + 1)));
            AttributeValue erased = there.get(UserRow.ERASED_AT);
            boolean known = erased == null || erased.equals(restored.get(UserRow.ERASED_AT));
            return Optional.of(row).filter(_ -> known && row.size() > there.size());
        }

        private long count(Map<String, AttributeValue> row) {
            return Long.parseLong(row.getOrDefault(counter, AttributeValue.fromN("0")).n());
        }
    }

    /** What became of a row of the restored table. */
    private enum Fate implements WireName {
        /** It was missing, or is newer, and was put; or would be, where nothing is written. */
        COPIED,
        /** The stack has it, or a newer one. */
        PRESENT,
        /** It has expired since. */
        EXPIRED,
        /** It is of somebody who was erased since. */
        ERASED
    }

    /**
     * Returns the copying between two tables; empty if their keys have different names.
     *
     * @throws dev.freshet.store.StoreUnavailableException if there is no such table
     */
    public static Optional<TableCopy> of(
            DynamoDbClient client, String from, String to, InstantSource clock) {
        List<String> keys = keys(client, to);
        return keys(client, from).equals(keys)
                ? Optional.of(new TableCopy(client, from, to, keys, clock))
                : Optional.empty();
    }

    private static List<String> keys(DynamoDbClient client, String table) {
        return AwsCalls.call(table, () -> client.describeTable(r -> r.tableName(table)))
                .table()
                .keySchema()
                .stream()
                .map(KeySchemaElement::attributeName)
                .toList();
    }

    /**
     * Copies all rows; returns their numbers by what became of them: {@code copied}, {@code
     * present}, {@code expired} or {@code erased}.
     *
     * @param erased whether nothing of the user of an id may return
     * @param write whether to write, and not only to compare
     * @param each told the number of rows of each part when they are copied
     * @throws dev.freshet.store.StoreUnavailableException if a table does not answer
     */
    public Map<String, Long> run(
            Rule rule, Predicate<String> erased, boolean write, IntConsumer each) {
        Map<String, Long> rows = new TreeMap<>();
        var pages = client.scanPaginator(scan -> scan.tableName(from).limit(PAGE)).iterator();
        while (AwsCalls.call(from, pages::hasNext)) {
            var page = AwsCalls.call(from, pages::next).items();
            AwsCalls.all(to, page, row -> fate(rule, row, erased, write))
                    .forEach(fate -> rows.merge(fate.wireName(), 1L, Long::sum));
            each.accept(page.size());
        }
        return rows;
    }

    private Fate fate(
            Rule rule, Map<String, AttributeValue> row, Predicate<String> erased, boolean write) {
        AttributeValue user = row.get(TableKeys.USER_ID);
        if (user != null && erased.test(user.s())) {
            return Fate.ERASED;
        }
        AttributeValue expiry = row.get(TableKeys.EXPIRES_AT);
        if (expiry != null && RowExpiry.passed(Long.valueOf(expiry.n()), clock.instant())) {
            return Fate.EXPIRED;
        }
        Map<String, AttributeValue> key = new HashMap<>(row);
        key.keySet().retainAll(keys);
        for (int i = 0; i < MAX_PUTS; i++) {
            var there = client.getItem(r -> r.tableName(to).key(key).consistentRead(true)).item();
            var kept = rule.kept(row, there);
            if (kept.isEmpty()) {
                return Fate.PRESENT;
            }
            Conditions unchanged =
                    there.isEmpty()
                            ? Conditions.absent(keys.getFirst())
                            : Conditions.equal(rule.counter, rule.count(there));
            if (!write || isPut(kept.get(), unchanged.expression())) {
                return Fate.COPIED;
            }
        }
        throw AwsCalls.unavailable(to, "a row kept changing between read and put");
    }

    private boolean isPut(Map<String, AttributeValue> row, Expression condition) {
        try {
            client.putItem(
                    PutItemRequest.builder()
                            .tableName(to)
                            .item(row)
                            .conditionExpression(condition.expression())
                            .expressionAttributeNames(condition.expressionNames())
                            .expressionAttributeValues(condition.expressionValues())
                            .build());
            return true;
        } catch (ConditionalCheckFailedException changed) {
            return false;
        }
    }
}
