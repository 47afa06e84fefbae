package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a figure is written in a text. */
enum FigureForm {
    /** A whole number with commas, another number with one digit, a text as it is. */
    PLAIN {
        @Override
        String text(JsonNode value) {
            return value.isIntegralNumber()
                    ? String.format(Locale.ROOT, "%,d", value.asLong())
                    : value.isNumber()
                            ? String.format(Locale.ROOT, "%,.1f", value.asDouble())
                            : value.asText();
        }
    },
    /** A share as a percentage. */
    PERCENT {
        @Override
        String text(JsonNode value) {
            return String.format(Locale.ROOT, "%.2f %%", 100 * value.asDouble());
        }
    },
    /** A difference of shares in percentage points, with its sign. */
    POINTS {
        @Override
        String text(JsonNode value) {
            return String.format(Locale.ROOT, "%+.2f", 100 * value.asDouble());
        }
    },
    /** An amount of dollars. */
    DOLLARS {
        @Override
        String text(JsonNode value) {
            return String.format(Locale.ROOT, "$%,.2f", value.asDouble());
        }
    },
    /** A duration in milliseconds. */
    MS {
        @Override
        String text(JsonNode value) {
            return String.format(Locale.ROOT, "%,.0f ms", value.asDouble());
        }
    },
    /** A small number, such as a rate. */
    RATE {
        @Override
        String text(JsonNode value) {
            return String.format(Locale.ROOT, "%.4f", value.asDouble());
        }
    };

    abstract String text(JsonNode value);

    /**
     * Returns a form by its name in small letters, and {@link #PLAIN} for none.
     *
     * @throws IllegalArgumentException if there is no such form
     */
    static FigureForm of(@Nullable String name) {
        return name == null ? PLAIN : valueOf(name.toUpperCase(Locale.ROOT));
    }
}
