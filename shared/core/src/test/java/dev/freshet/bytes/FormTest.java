package dev.freshet.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.bytes.Form.Alternative;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FormTest {
    private sealed interface Shape {}

    private record Circle(int radius) implements Shape {}

    private record Polygon(
            String name,
            @Nullable String colour,
            List<Integer> corners,
            SortedMap<String, Long> labels,
            float weight)
            implements Shape {}

    private static final Form<Circle> CIRCLE = fields -> new Circle(fields.upTo(9, Circle::radius));

    private static final Form<Polygon> POLYGON =
            fields ->
                    new Polygon(
                            fields.name(Polygon::name),
                            fields.partOrNull(Form.TEXT, Polygon::colour),
                            fields.list(3, Form.FIXED32, Polygon::corners),
                            fields.map(2, Form.NAME, Form.VARINT, Polygon::labels),
                            fields.finite32("a weight", Polygon::weight));

    private static final Form<Shape> SHAPE =
            Form.oneOf(
                    List.of(
                            new Alternative<>(Circle.class, CIRCLE),
                            new Alternative<>(Polygon.class, POLYGON)));

    private static final Polygon TRIANGLE =
            new Polygon("a", null, List.of(3, -4, 5), new TreeMap<>(Map.of("a", 1L)), 0.5f);

    @Test
    void whatIsWrittenComesBackByTheSameDeclaration() {
        for (Shape shape : List.of(new Circle(9), TRIANGLE)) {
            assertThat(read(SHAPE, bytes(SHAPE, shape))).isEqualTo(shape);
        }
        assertThat(bytes(SHAPE, new Circle(9))).containsExactly(0, 9);
    }

    @Test
    void aNameThatRecursStandsOnceInTheBytes() {
        byte[] bytes = bytes(SHAPE, TRIANGLE);

        assertThat(bytes).startsWith(1, 1, 1, 'a').hasSize(4 + 1 + 13 + 3 + 4);
    }

    @Test
    void boundsAreCheckedWhenBytesAreRead() {
        assertThatThrownBy(() -> read(SHAPE, new byte[] {0, 10}))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("at most 9");
        assertThatThrownBy(() -> read(SHAPE, new byte[] {2, 0}))
                .isInstanceOf(MalformedBytesException.class);
        byte[] infinite = bytes(SHAPE, TRIANGLE);
        infinite[infinite.length - 4] = 0x7F;
        infinite[infinite.length - 3] = (byte) 0x80;
        assertThatThrownBy(() -> read(SHAPE, infinite))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("finite");
    }

    private static <T> byte[] bytes(Form<T> form, T value) {
        ByteSink out = new ByteSink(0);
        form.write(value, out);
        return out.toBytes();
    }

    private static <T> T read(Form<T> form, byte[] bytes) {
        return form.read(new ByteSource(bytes));
    }
}
