package dev.freshet.example;

import static dev.freshet.model.Examples.assertSameBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.event.TraceId;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExampleTracesTest {
    private static final TraceId ONE = new TraceId("4bf92f3577b34da6a3ce929d0e0e4736");
    private static final TraceId OTHER = new TraceId("f".repeat(32));

    private final List<Example> examples = new Examples().mixed(new Random(1), 20);
    private final byte[] bare = ExampleCodec.encode(examples);

    @Test
    void tracesStandInFrontOfExamplesThatStayTheSame() {
        byte[] record = ExampleTraces.with(List.of(ONE, OTHER, ONE), bare);

        assertThat(ExampleTraces.of(record)).containsExactly(ONE, OTHER);
        assertThat(ExampleCodec.decode(record)).isEqualTo(examples);
        assertThat(record).endsWith(bare).hasSize(bare.length + 2 + 2 * 16);
    }

    @Test
    void aRecordWithoutTracesIsAsItEverWas() {
        assertThat(ExampleTraces.with(List.of(), bare)).isSameAs(bare);
        assertThat(ExampleTraces.of(bare)).isEmpty();
    }

    @Test
    void theyAreBounded() {
        List<TraceId> many =
                IntStream.rangeClosed(1, 1_000)
                        .mapToObj(i -> new TraceId("%032x".formatted(i)))
                        .toList();

        byte[] record = ExampleTraces.with(many, bare);

        assertThat(ExampleTraces.of(record)).isEqualTo(many.subList(0, ExampleTraces.MAX_TRACES));
        assertThat(record.length - bare.length).isLessThanOrEqualTo(ExampleTraces.MAX_BYTES);
    }

    @Test
    void whatTrainLearnsAndKeepsIsTheSameWithAndWithout() {
        byte[] record = ExampleTraces.with(Collections.nCopies(3, ONE), bare);

        Trainer.Step with = Trainer.train(Model.EMPTY, ExampleCodec.decode(record));
        Trainer.Step without = Trainer.train(Model.EMPTY, ExampleCodec.decode(bare));

        assertThat(with.delta()).isEqualTo(without.delta());
        assertSameBytes(with.model(), without.model());
    }

    @Test
    void damageIsReportedAsDamage() {
        byte[] record = ExampleTraces.with(List.of(ONE, OTHER), bare);

        for (int length = 0; length < 34; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> ExampleCodec.decode(cut))
                    .isInstanceOf(MalformedBytesException.class);
        }
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = record.clone();
            damaged[random.nextInt(40)] = (byte) random.nextInt();
            try {
                assertThat(ExampleTraces.of(damaged)).isNotNull();
                assertThat(ExampleCodec.decode(damaged)).isNotNull();
            } catch (MalformedBytesException told) {
                assertThat(told).hasMessageNotContaining("null");
            }
        }
    }
}
