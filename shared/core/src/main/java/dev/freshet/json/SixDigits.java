package dev.freshet.json;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Marks a number that JSON has with six significant digits, and as null where it is not finite. */
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
