package dev.freshet.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverter;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTag;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/**
 * A builder of static table schemas, attribute by attribute: the name, the type, how a value is
 * read from a row and how it is set on one. It uses no reflection, and two lambdas for each
 * attribute, which a cold start has to link.
 *
 * @param <R> type of the row
 */
final class RowSchema<R> {
    private final Class<R> row;
    private final Supplier<R> make;
    private final List<StaticAttribute<R, ?>> attributes = new ArrayList<>();

    private RowSchema(Class<R> row, Supplier<R> make) {
        this.row = row;
        this.make = make;
    }

    static <R> RowSchema<R> of(Class<R> row, Supplier<R> make) {
        return new RowSchema<>(row, make);
    }

    RowSchema<R> partitionKey(String name, Function<R, String> get, BiConsumer<R, String> set) {
        return add(
                name,
                EnhancedType.of(String.class),
                get,
                set,
                List.of(StaticAttributeTags.primaryPartitionKey()));
    }

    <V> RowSchema<R> sortKey(String name, Class<V> type, Function<R, V> get, BiConsumer<R, V> set) {
        return add(
                name,
                EnhancedType.of(type),
                get,
                set,
                List.of(StaticAttributeTags.primarySortKey()));
    }

    <V> RowSchema<R> with(
            String name, Class<V> type, Function<R, @Nullable V> get, BiConsumer<R, V> set) {
        return add(name, EnhancedType.of(type), get, set, List.of());
    }

    <V> RowSchema<R> with(
            String name, EnhancedType<V> type, Function<R, @Nullable V> get, BiConsumer<R, V> set) {
        return add(name, type, get, set, List.of());
    }

    <V> RowSchema<R> with(
            String name,
            AttributeConverter<V> converter,
            Function<R, @Nullable V> get,
            BiConsumer<R, V> set) {
        attributes.add(
                StaticAttribute.builder(row, converter.type())
                        .name(name)
                        .getter(get)
                        .setter(set)
                        .attributeConverter(converter)
                        .build());
        return this;
    }

    private <V> RowSchema<R> add(
            String name,
            EnhancedType<V> type,
            Function<R, @Nullable V> get,
            BiConsumer<R, V> set,
            List<StaticAttributeTag> tags) {
        attributes.add(
                StaticAttribute.builder(row, type)
                        .name(name)
                        .getter(get)
                        .setter(set)
                        .tags(tags)
                        .build());
        return this;
    }

    TableSchema<R> build() {
        return StaticTableSchema.builder(row).newItemSupplier(make).attributes(attributes).build();
    }
}
