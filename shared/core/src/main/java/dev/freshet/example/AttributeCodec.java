package dev.freshet.example;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.attribute.AttributeValue.Flag;
import dev.freshet.attribute.AttributeValue.Numeric;
import dev.freshet.attribute.AttributeValue.Text;
import dev.freshet.attribute.AttributeValue.Texts;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.bytes.TextSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of an attribute's value: a number for its kind, then the text, the 64 bits of the
 * number or the texts. A flag is its kind.
 */
final class AttributeCodec {
    private static final int TEXT = 0;
    private static final int NUMBER = 1;
    private static final int FALSE = 2;
    private static final int TRUE = 3;
    private static final int TEXTS = 4;

    private static final int MOST_TEXT_BYTES = 1 << 20;
    private static final int MOST_TEXTS = 1_024;

    private AttributeCodec() {}

    static void write(AttributeValue value, ByteSink out, TextSink texts) {
        switch (value) {
            case Text(String text) -> {
                out.put(TEXT);
                texts.put(text);
            }
            case Numeric(double number) -> {
                out.put(NUMBER);
                out.fixed64(Double.doubleToLongBits(number));
            }
            case Flag(boolean flag) -> out.put(flag ? TRUE : FALSE);
            case Texts(List<String> values) -> {
                out.put(TEXTS);
                out.varint(values.size());
                values.forEach(texts::put);
            }
        }
    }

    /**
     * Reads a value.
     *
     * @param typed false for a text without a kind in front of it
     */
    static AttributeValue read(ByteSource in, TextSource texts, boolean typed) {
        return switch (typed ? in.upTo(TEXTS) : TEXT) {
            case TEXT -> AttributeValue.of(texts.get(MOST_TEXT_BYTES));
            case NUMBER -> AttributeValue.of(number(in));
            case FALSE -> AttributeValue.of(false);
            case TRUE -> AttributeValue.of(true);
            default -> AttributeValue.of(list(in, texts));
        };
    }

    private static double number(ByteSource in) {
        double number = Double.longBitsToDouble(in.fixed64());
        if (!Numeric.accepts(number)) {
            throw new MalformedBytesException("a number of an attribute is out of range");
        }
        return number;
    }

    private static List<String> list(ByteSource in, TextSource texts) {
        List<String> values = new ArrayList<>();
        for (int left = in.count(MOST_TEXTS, 1); left > 0; left--) {
            values.add(texts.get(MOST_TEXT_BYTES));
        }
        return values;
    }
}
