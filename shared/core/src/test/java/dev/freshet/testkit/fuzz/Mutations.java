package dev.freshet.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A generator of inputs by mutation of valid ones: it flips bits, truncates, repeats, splices,
 * nests deeply, makes numbers huge, falsifies lengths, and inserts words of the format at random
 * positions. Equal seeds give equal inputs.
 */
final class Mutations {
    private static final List<String> PIECES =
            List.of(
                    "NaN",
                    "-Infinity",
                    "1e999",
                    "-0",
                    "9".repeat(40),
                    "0.".concat("0".repeat(60)).concat("1"),
                    "\\ud800",
                    "\\u0000",
                    "\u202e",
                    "%00",
                    "%252e%252e%252f",
                    "../",
                    "null",
                    "true",
                    "\"\"",
                    "{}",
                    "[]",
                    ",",
                    "\r\n");
    private static final int[] LENGTHS = {0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, -1, -2};

    private final FuzzTarget target;
    private final List<byte[]> seeds;
    private final RandomGenerator random;

    Mutations(FuzzTarget target, RandomGenerator random) {
        this.target = target;
        this.random = random;
        seeds = target.seeds();
    }

    byte[] next() {
        byte[] input = seed();
        for (int left = random.nextInt(6); left >= 0; left--) {
            input = mutated(input);
        }
        return input.length <= target.maxLength()
                ? input
                : Arrays.copyOf(input, target.maxLength());
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] mutated(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + random.nextInt(32));
        return switch (random.nextInt(10)) {
            case 0 -> flipped(input, at);
            case 1 -> Arrays.copyOf(input, at);
            case 2 -> joined(input, at, new byte[0], to);
            case 3 -> joined(input, at, repeated(Arrays.copyOfRange(input, at, to)), to);
            case 4 -> spliced(input, at);
            case 5 -> joined(input, at, piece(PIECES), at);
            case 6 -> joined(input, at, piece(target.words()), to);
            case 7 -> joined(input, at, nested(), at);
            case 8 -> joined(input, at, length(), Math.min(input.length, at + 1));
            default -> overwritten(input, at, to);
        };
    }

    private byte[] flipped(byte[] input, int at) {
        byte[] flipped = input.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] overwritten(byte[] input, int from, int to) {
        byte[] overwritten = input.clone();
        for (int at = from; at < to; at++) {
            overwritten[at] = (byte) random.nextInt();
        }
        return overwritten;
    }

    private byte[] spliced(byte[] input, int at) {
        byte[] other = seed();
        int from = random.nextInt(other.length + 1);
        return joined(input, at, Arrays.copyOfRange(other, from, other.length), input.length);
    }

    private byte[] repeated(byte[] piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int left = random.nextInt(1, 40); left > 0; left--) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private byte[] nested() {
        String opening =
                random.nextBoolean() ? "[" : random.nextBoolean() ? "{\"not\":" : "{\"a\":";
        return bytes(opening.repeat(random.nextInt(1, 400)));
    }

    /** Returns a varint of a length that the remaining bytes do not have. */
    private byte[] length() {
        ByteArrayOutputStream varint = new ByteArrayOutputStream();
        long rest = LENGTHS[random.nextInt(LENGTHS.length)];
        for (int left = 0; left < 10 && (rest & ~0x7FL) != 0; left++) {
            varint.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        varint.write((int) rest);
        return varint.toByteArray();
    }

    private byte[] piece(List<String> some) {
        return some.isEmpty() ? new byte[] {0} : bytes(some.get(random.nextInt(some.size())));
    }

    private static byte[] joined(byte[] input, int before, byte[] between, int after) {
        byte[] all = new byte[before + between.length + input.length - after];
        System.arraycopy(input, 0, all, 0, before);
        System.arraycopy(between, 0, all, before, between.length);
        System.arraycopy(input, after, all, before + between.length, input.length - after);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
