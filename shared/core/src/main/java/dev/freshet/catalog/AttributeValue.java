package dev.freshet.catalog;

import java.util.List;

/** One value of an attribute: a text, a number, a flag or a list of texts. */
public sealed interface AttributeValue {
    /** Returns a text. */
    static AttributeValue of(String text) {
        return new Text(text);
    }

    /**
     * Returns a number.
     *
     * @throws IllegalArgumentException if it is beyond the range of {@link Numeric}
     */
    static AttributeValue of(double number) {
        return new Numeric(number);
    }

    /** Returns a flag. */
    static AttributeValue of(boolean flag) {
        return flag ? Flag.TRUE : Flag.FALSE;
    }

    /** Returns a list of texts. */
    static AttributeValue of(List<String> texts) {
        return new Texts(texts);
    }

    /** Returns the size by which attributes are bounded, in characters: 8 for a number. */
    int size();

    /**
     * A text.
     *
     * @param value ≤ {@value Attributes#MAX_TEXT} characters
     */
    record Text(String value) implements AttributeValue {
        @Override
        public int size() {
            return value.length();
        }
    }

    /**
     * A number; −0 becomes 0, so that equal numbers are equal values.
     *
     * @param value 0 or of a magnitude from {@value #LEAST} to {@value #MOST}, which is within the
     *     range of numbers in DynamoDB
     */
    record Numeric(double value) implements AttributeValue {
        /** Least magnitude of a number other than 0. */
        public static final double LEAST = 1e-100;

        /** Highest magnitude of a number. */
        public static final double MOST = 1e100;

        public Numeric {
            if (!accepts(value)) {
                throw new IllegalArgumentException("a number out of range: " + value);
            }
            value = value == 0 ? 0 : value;
        }

        /** Returns whether a number is finite and within the range. */
        public static boolean accepts(double number) {
            double magnitude = Math.abs(number);
            return number == 0 || (magnitude >= LEAST && magnitude <= MOST);
        }

        /** Returns whether the number is written without a fraction: whole and below 2^53. */
        public boolean whole() {
            return value == Math.rint(value) && Math.abs(value) <= Attributes.MAX_WHOLE;
        }

        /**
         * Returns the shortest decimal text that reads back as this number: {@code 4}, {@code
         * 19.9}, {@code 1.0E50}.
         */
        public String text() {
            return whole() ? Long.toString((long) value) : Double.toString(value);
        }

        @Override
        public int size() {
            return Double.BYTES;
        }
    }

    /** A flag. */
    record Flag(boolean value) implements AttributeValue {
        static final Flag TRUE = new Flag(true);
        static final Flag FALSE = new Flag(false);

        @Override
        public int size() {
            return 1;
        }
    }

    /**
     * A list of texts, in the order in which the site gave them.
     *
     * @param values ≤ {@value Attributes#MAX_ENTRIES}, each of ≤ {@value Attributes#MAX_NAME}
     *     characters, without repetitions
     */
    record Texts(List<String> values) implements AttributeValue {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public int size() {
            return values.stream().mapToInt(String::length).sum();
        }
    }
}
