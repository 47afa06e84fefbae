package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A part of a table that is read from its beginning to its end, at most 1 MB: half a read unit for
 * each 4 KB. A scan that goes on after the key of a page passes over no row that was there when the
 * scan began, and returns none twice.
 *
 * @param rows the values of the part
 * @param next the key after which the next part begins, by its attributes; empty at the end
 */
public record ScanPage<T>(List<T> rows, Map<String, String> next) {
    public ScanPage {
        rows = List.copyOf(rows);
        next = Map.copyOf(next);
    }

    /**
     * Reads a part.
     *
     * @param after the key after which it begins; empty for the beginning
     * @param keep which rows to return
     */
    static <R, T> ScanPage<T> read(
            String store,
            DynamoDbTable<R> table,
            Map<String, String> after,
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
                                                        scan.exclusiveStartKey(
                                                                start.isEmpty() ? null : start))
                                        .stream()
                                        .findFirst()
                                        .orElseThrow());
        Map<String, AttributeValue> last = page.lastEvaluatedKey();
        return new ScanPage<>(
                page.items().stream().filter(keep).map(value).toList(),
                last == null
                        ? Map.of()
                        : last.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey, part -> part.getValue().s())));
    }
}
