package dev.freshet.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.AttributeValue.Flag;
import dev.freshet.catalog.AttributeValue.Numeric;
import dev.freshet.catalog.AttributeValue.Text;
import dev.freshet.catalog.AttributeValue.Texts;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverter;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;

/**
 * The attributes of an item or a user in a row: a map (M) whose values are texts (S), numbers (N),
 * flags (BOOL) or lists of texts (L of S). Rows in which every value is a text are read as such.
 */
final class AttributesConverter {
    static final AttributeConverter<Map<String, AttributeValue>> INSTANCE =
            new RowSchema.Converter<>(
                    EnhancedType.mapOf(String.class, AttributeValue.class),
                    AttributeValueType.M,
                    attributes ->
                            fromM(
                                    each(
                                            attributes,
                                            value ->
                                                    switch (value) {
                                                        case Text(String text) -> fromS(text);
                                                        case Numeric number -> fromN(number.text());
                                                        case Flag(boolean flag) -> fromBool(flag);
                                                        case Texts(List<String> texts) ->
                                                                fromL(
                                                                        texts.stream()
                                                                                .map(t -> fromS(t))
                                                                                .toList());
                                                    })),
                    row ->
                            each(
                                    row.m(),
                                    cell ->
                                            switch (cell.type()) {
                                                case N ->
                                                        AttributeValue.of(
                                                                Double.parseDouble(cell.n()));
                                                case BOOL -> AttributeValue.of(cell.bool());
                                                case L ->
                                                        AttributeValue.of(
                                                                cell.l().stream()
                                                                        .map(text -> text.s())
                                                                        .toList());
                                                default -> AttributeValue.of(cell.s());
                                            }));

    private AttributesConverter() {}

    private static <A, B> Map<String, B> each(Map<String, A> values, Function<A, B> converter) {
        return values.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> converter.apply(entry.getValue())));
    }
}
