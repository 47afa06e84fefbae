package dev.freshet.aws.dynamodb;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Whole numbers in base 128, low bits first, in one to ten bytes. */
final class Base128 {
    private static final int BITS = 7;

    private Base128() {}

    static void write(DataOutputStream out, long number) throws IOException {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) (rest & 0x7f) | 0x80);
            rest >>>= BITS;
        }
        out.writeByte((int) rest);
    }

    /**
     * Reads a number.
     *
     * @throws IOException if the bytes end or the number has too many
     */
    static long read(DataInputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            byte next = in.readByte();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IOException("a number has too many bytes");
    }
}
