package dev.freshet.bytes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that {@link ByteSink} wrote. Every method throws {@link MalformedBytesException}
 * where the bytes end early.
 */
public final class ByteSource {
    private final List<String> recurring = new ArrayList<>();
    private final byte[] bytes;
    private int at;

    /** Creates a source at the first byte. */
    public ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads one byte, 0 to 255. */
    public int get() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    /** Reads an unsigned number of 1 to 10 bytes. */
    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = get();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedBytesException("a varint of more than ten bytes ends at byte " + at);
    }

    /** Reads a signed number of 1 to 10 bytes. */
    public long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a varint that must be between 0 and {@code most}. */
    public int upTo(int most) {
        long value = varint();
        if (value < 0 || value > most) {
            throw new MalformedBytesException(
                    "the number before byte "
                            + at
                            + " is "
                            + value
                            + ", at most "
                            + most
                            + " is allowed");
        }
        return (int) value;
    }

    /**
     * Reads a number of elements each of which takes at least {@code leastBytes} bytes. It is
     * refused when the remaining bytes cannot contain them, so that a damaged number does not cause
     * a large allocation.
     */
    public int count(int most, int leastBytes) {
        int value = upTo(most);
        if ((long) value * leastBytes > remaining()) {
            throw new MalformedBytesException(
                    value
                            + " elements cannot fit in the "
                            + remaining()
                            + " bytes after byte "
                            + at);
        }
        return value;
    }

    /** Reads a number of 4 bytes. */
    public int fixed32() {
        need(4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    /** Reads a number of 8 bytes. */
    public long fixed64() {
        return ((long) fixed32() << 32) | (fixed32() & 0xFFFFFFFFL);
    }

    /** Reads a byte array of at most this length. */
    public byte[] bytes(int most) {
        byte[] value = new byte[count(most, 1)];
        System.arraycopy(bytes, at, value, 0, value.length);
        at += value.length;
        return value;
    }

    /** Reads this many bytes, written without a length. */
    public byte[] raw(int length) {
        need(length);
        byte[] value = new byte[length];
        System.arraycopy(bytes, at, value, 0, length);
        at += length;
        return value;
    }

    /** Reads a string of at most this many UTF-8 bytes. */
    public String text(int most) {
        int length = count(most, 1);
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    /**
     * Reads a string that recurs, of at most this many UTF-8 bytes, or null; equal strings are
     * returned as one object.
     */
    public @Nullable String recurringOrNull(int most) {
        int number = upTo(recurring.size() + ByteSink.FIRST_RECURRING - 1);
        if (number == 0) {
            return null;
        }
        if (number >= ByteSink.FIRST_RECURRING) {
            return recurring.get(number - ByteSink.FIRST_RECURRING);
        }
        String text = text(most);
        recurring.add(text);
        return text;
    }

    /** Reads a string that recurs, of at most this many UTF-8 bytes. */
    public String recurring(int most) {
        String text = recurringOrNull(most);
        if (text == null) {
            throw new MalformedBytesException("a required string is missing");
        }
        return text;
    }

    /** Reads one byte that must be 0 or 1. */
    public boolean flag() {
        return upTo(1) == 1;
    }

    /** Returns the number of bytes not read yet. */
    public int remaining() {
        return bytes.length - at;
    }

    /**
     * Checks that all bytes have been read.
     *
     * @throws MalformedBytesException when bytes remain
     */
    public void end() {
        if (remaining() != 0) {
            throw new MalformedBytesException(
                    remaining() + " bytes follow after the end of the content");
        }
    }

    private void need(int more) {
        if (remaining() < more) {
            throw new MalformedBytesException(
                    "the content ends early, after " + bytes.length + " bytes");
        }
    }
}
