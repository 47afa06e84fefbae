package dev.freshet.json;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON: an object with a member for each component, times, days and durations as texts
 * of ISO 8601. A member that is null or no finite number is left out, unless its record says that
 * it is always there.
 */
public final class JsonRecords {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, ToStringSerializer.instance)
                                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                                    .addSerializer(Duration.class, ToStringSerializer.instance)
                                    .addDeserializer(Instant.class, parsed(Instant::parse))
                                    .addDeserializer(Duration.class, parsed(Duration::parse)))
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    Include.CUSTOM, Include.ALWAYS, Unknown.class, null))
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private JsonRecords() {}

    /** Equals what is left out. */
    private static final class Unknown {
        @Override
        public boolean equals(@Nullable Object value) {
            return value == null || (value instanceof Double number && !Double.isFinite(number));
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    private static <T> StdDelegatingDeserializer<T> parsed(Function<String, T> parser) {
        return new StdDelegatingDeserializer<>(
                new StdConverter<String, T>() {
                    @Override
                    public T convert(String text) {
                        return parser.apply(text);
                    }
                });
    }

    /** Returns a record as a tree. */
    public static ObjectNode tree(Object of) {
        return MAPPER.valueToTree(of);
    }

    /** Returns a record as the bytes of a document in UTF-8. */
    public static byte[] bytes(Object of) throws IOException {
        return MAPPER.writeValueAsBytes(of);
    }

    /**
     * Reads a document that {@link #bytes} wrote.
     *
     * @throws IOException if it is not one of the type
     */
    public static <T> T read(byte[] document, Class<T> type) throws IOException {
        return MAPPER.readValue(document, type);
    }

    /**
     * Marks a number that JSON has with six significant digits, and as null where it is not finite.
     */
    @JacksonAnnotationsInside
    @JsonSerialize(using = SixDigits.Rounded.class)
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    public @interface SixDigits {
        /** Writes the number. */
        final class Rounded extends StdSerializer<Double> {
            private static final long serialVersionUID = 1;
            private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

            public Rounded() {
                super(Double.class);
            }

            @Override
            public void serialize(Double number, JsonGenerator json, SerializerProvider provider)
                    throws IOException {
                if (Double.isFinite(number)) {
                    json.writeNumber(BigDecimal.valueOf(number).round(DIGITS).doubleValue());
                } else {
                    json.writeNull();
                }
            }
        }
    }
}
