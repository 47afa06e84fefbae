package dev.freshet.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends numbers and strings to a growing byte array, big-endian. */
public final class ByteSink {
    /** Number of the first recurring string; 0 stands for null, 1 for a string not seen before. */
    static final int FIRST_RECURRING = 2;

    private final Map<String, Integer> recurring = new HashMap<>();
    private byte[] bytes;
    private int size;

    /** Creates an empty sink with capacity for this many bytes; it grows when needed. */
    public ByteSink(int expected) {
        bytes = new byte[Math.max(64, expected)];
    }

    /** Returns the number of bytes written. */
    public int size() {
        return size;
    }

    /** Appends the low 8 bits of a number. */
    public void put(int oneByte) {
        room(1);
        bytes[size++] = (byte) oneByte;
    }

    /** Appends an unsigned number, 7 bits a byte, low ones first; 1 to 10 bytes. */
    public void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Appends a signed number as a varint that is short for small absolute values. */
    public void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    /** Appends 4 bytes. */
    public void fixed32(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Appends 8 bytes. */
    public void fixed64(long value) {
        fixed32((int) (value >>> 32));
        fixed32((int) value);
    }

    /** Appends a byte array with its length in front. */
    public void bytes(byte[] value) {
        varint(value.length);
        raw(value);
    }

    /** Appends a byte array without its length. */
    public void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** Appends a string in UTF-8 with its length in front. */
    public void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Appends a string that recurs, or null: in full where it first stands in these bytes, by its
     * number later.
     */
    public void recurring(@Nullable String text) {
        Integer number = text == null ? null : recurring.get(text);
        if (text == null) {
            varint(0);
        } else if (number == null) {
            varint(1);
            text(text);
            recurring.put(text, recurring.size() + FIRST_RECURRING);
        } else {
            varint(number);
        }
    }

    /** Returns a copy of the bytes written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
