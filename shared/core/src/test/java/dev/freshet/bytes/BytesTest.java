package dev.freshet.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BytesTest {
    private static final long[] NUMBERS = {
        0, 1, -1, 127, 128, -128, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE
    };

    @Test
    void numbersAndStringsComeBack() {
        ByteSink out = new ByteSink(0);
        for (long number : NUMBERS) {
            out.varint(number);
            out.zigzag(number);
            out.fixed64(number);
            out.fixed32((int) number);
        }
        for (String text : new String[] {"β", null, "", "β", "x", ""}) {
            out.recurring(text);
        }
        ByteSource in = new ByteSource(out.toBytes());
        for (long number : NUMBERS) {
            assertThat(in.varint()).isEqualTo(number);
            assertThat(in.zigzag()).isEqualTo(number);
            assertThat(in.fixed64()).isEqualTo(number);
            assertThat(in.fixed32()).isEqualTo((int) number);
        }
        for (String text : new String[] {"β", null, "", "β", "x", ""}) {
            assertThat(in.recurringOrNull(10)).isEqualTo(text);
        }
        in.end();
    }

    @Test
    void aCountThatTheRestCannotHoldIsRefusedBeforeAnythingIsAllocated() {
        ByteSink out = new ByteSink(0);
        out.varint(2_000_000_000);
        assertThatThrownBy(() -> new ByteSource(out.toBytes()).count(Integer.MAX_VALUE, 1))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("cannot fit in the 0 bytes");
        assertThatThrownBy(() -> new ByteSource(out.toBytes()).bytes(Integer.MAX_VALUE))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void aVarintWithoutEndIsRefused() {
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0xFF);
        assertThatThrownBy(() -> new ByteSource(endless).varint())
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        assertThatThrownBy(() -> new ByteSource(new byte[1]).end())
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("1 bytes follow after the end");
    }
}
