package dev.freshet.aws.dynamodb;

import dev.freshet.event.ShardPosition;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverter;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.ImmutableAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTag;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The schema of a table whose rows are a record: an attribute for each component, under the name of
 * the component or the one that {@link Name} gives. A component that is null is left out of the
 * row; one that a row lacks is null, or 0 where it is of a primitive type. Times are stored in
 * epoch milliseconds, positions as text, and records within the row as maps.
 *
 * <p>The components are found by reflection once, when the class of the row is initialised.
 */
final class RowSchema {
    /** The name of an attribute that is not called as its component. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Name {
        /** Returns the name. */
        String value();
    }

    /** The tags of the partition key and of the sort key. */
    private static final List<StaticAttributeTag> KEYS =
            List.of(
                    StaticAttributeTags.primaryPartitionKey(),
                    StaticAttributeTags.primarySortKey());

    private static final Map<EnhancedType<?>, AttributeConverter<?>> CONVERTERS =
            Stream.of(
                            new Converter<>(
                                    EnhancedType.of(Instant.class),
                                    AttributeValueType.N,
                                    at -> AttributeValue.fromN(Long.toString(at.toEpochMilli())),
                                    cell -> Instant.ofEpochMilli(Long.parseLong(cell.n()))),
                            new Converter<>(
                                    EnhancedType.of(ShardPosition.class),
                                    AttributeValueType.S,
                                    position -> AttributeValue.fromS(position.toString()),
                                    cell -> ShardPosition.parse(cell.s())),
                            AttributesConverter.INSTANCE)
                    .collect(Collectors.toMap(AttributeConverter::type, Function.identity()));

    private RowSchema() {}

    /**
     * Returns the schema of a record.
     *
     * @param keys the attributes of the key: none for a record within a row, that of the partition,
     *     or both
     */
    static <R extends Record> TableSchema<R> of(Class<R> row, String... keys) {
        RecordComponent[] components = row.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] absent = Arrays.stream(types).map(RowSchema::absent).toArray();
        Constructor<R> constructor = canonical(row, types);
        var schema =
                StaticImmutableTableSchema.builder(row, Object[].class)
                        .newItemBuilder(absent::clone, values -> make(constructor, values));
        for (int at = 0; at < components.length; at++) {
            schema.addAttribute(attribute(row, components[at], at, List.of(keys)));
        }
        return schema.build();
    }

    private static <R extends Record> Constructor<R> canonical(Class<R> row, Class<?>[] types) {
        try {
            Constructor<R> constructor = row.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object absent(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    private static <R> R make(Constructor<R> constructor, @Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object read(Method accessor, Record row) {
        try {
            return accessor.invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <R extends Record> ImmutableAttribute<R, Object[], Object> attribute(
            Class<R> row, RecordComponent component, int at, List<String> keys) {
        EnhancedType<Object> type = type(component);
        Name given = component.getAnnotation(Name.class);
        String name = given == null ? component.getName() : given.value();
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return ImmutableAttribute.builder(
                        EnhancedType.of(row), EnhancedType.of(Object[].class), type)
                .name(name)
                .getter(record -> read(accessor, record))
                .setter((values, value) -> values[at] = value)
                .attributeConverter(converter(type))
                .tags(keys.contains(name) ? List.of(KEYS.get(keys.indexOf(name))) : List.of())
                .build();
    }

    @SuppressWarnings("unchecked") // the values of a component are of its type
    private static EnhancedType<Object> type(RecordComponent component) {
        Class<?> boxed = MethodType.methodType(component.getType()).wrap().returnType();
        EnhancedType<?> type =
                EnhancedType.of(
                        component.getType().isPrimitive() ? boxed : component.getGenericType());
        if (type.rawClass() == List.class) {
            type = EnhancedType.listOf(stored(type.rawClassParameters().getFirst()));
        }
        return (EnhancedType<Object>) stored(type);
    }

    /** Returns the type of a record within a row as that of a map, and any other type as it is. */
    private static EnhancedType<?> stored(EnhancedType<?> type) {
        return type.rawClass().isRecord() && converter(type) == null
                ? mapOf(type.rawClass().asSubclass(Record.class))
                : type;
    }

    private static <E extends Record> EnhancedType<E> mapOf(Class<E> record) {
        return EnhancedType.documentOf(record, of(record), map -> map.ignoreNulls(true));
    }

    @SuppressWarnings("unchecked") // the converter of a type converts its values
    private static @Nullable AttributeConverter<Object> converter(EnhancedType<?> type) {
        return (AttributeConverter<Object>) CONVERTERS.get(type);
    }

    /** How the values of a type are stored. */
    record Converter<V>(
            EnhancedType<V> type,
            AttributeValueType attributeValueType,
            Function<V, AttributeValue> from,
            Function<AttributeValue, V> to)
            implements AttributeConverter<V> {
        @Override
        public AttributeValue transformFrom(V value) {
            return from.apply(value);
        }

        @Override
        public V transformTo(AttributeValue cell) {
            return to.apply(cell);
        }
    }
}
