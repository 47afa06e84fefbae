package dev.freshet.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Who met what, in order, every pair once: what the benchmarks learn from.
 *
 * @param items how many there are, from 0
 * @param users likewise
 * @param user by meeting
 * @param item by meeting
 */
@SuppressWarnings("ArrayRecordComponent") // made once, changed by nobody
record World(int items, int users, int[] user, int[] item) {
    /** Gowalla's training split: the size that the aims speak of. */
    static final int GOWALLA_ITEMS = 40_981;

    private static final int GOWALLA_READERS = 29_858;
    private static final int GOWALLA_MEETINGS = 810_128;
    private static final int MILLION_READERS = 130_000;
    private static final int MILLION_MEETINGS = 4_000_000;

    /** Items of one neighbourhood: what a reader mostly meets. */
    private static final int NEIGHBOURHOOD = 100;

    /** How often a reader stays in the neighbourhood. */
    private static final double AT_HOME = 0.7;

    /** Spread of the readers' activity, of a log-normal. */
    private static final double SPREAD = 1;

    private static final int MOST_OF_ONE = 800;

    /** The given training lines (a user, then its items), shuffled. */
    static World gowalla(Path lines, long seed) throws IOException {
        int[] user = new int[1 << 20];
        int[] item = new int[1 << 20];
        int size = 0;
        for (String line : Files.readAllLines(lines)) {
            int[] numbers =
                    Arrays.stream(line.strip().split(" +")).mapToInt(Integer::parseInt).toArray();
            for (int at = 1; at < numbers.length; at++) {
                if (size == user.length) {
                    user = Arrays.copyOf(user, 2 * size);
                    item = Arrays.copyOf(item, 2 * size);
                }
                user[size] = numbers[0];
                item[size++] = numbers[at];
            }
        }
        if (size == 0) {
            throw new IOException(lines + " holds no pairs");
        }
        return shuffled(Arrays.copyOf(user, size), Arrays.copyOf(item, size), seed);
    }

    /** Made up, of Gowalla's size and about its skew. */
    static World likeGowalla(long seed) {
        return madeUp(GOWALLA_ITEMS, GOWALLA_READERS, GOWALLA_MEETINGS, seed);
    }

    /** Made up: a million items, and as many entries as a model keeps. */
    static World million(long seed) {
        return madeUp(1_000_000, MILLION_READERS, MILLION_MEETINGS, seed);
    }

    /**
     * Readers are active by a log-normal; each has a neighbourhood of items, chosen with popularity
     * falling within it by rank, and strays into others the same way.
     */
    static World madeUp(int items, int users, int interactions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int neighbourhoods = Math.max(1, items / NEIGHBOURHOOD);
        double[] activity = new double[users];
        double sum = 0;
        for (int r = 0; r < users; r++) {
            activity[r] = Math.exp(SPREAD * random.nextGaussian());
            sum += activity[r];
        }
        int[] user = new int[interactions];
        int[] item = new int[interactions];
        int size = 0;
        for (int r = 0; r < users && size < interactions; r++) {
            int home = random.nextInt(neighbourhoods);
            int most = Math.clamp(Math.round(activity[r] / sum * interactions), 1, MOST_OF_ONE);
            long[] chosenSet = new long[(items + 63) / 64];
            for (int tries = 3 * most; tries > 0 && most > 0 && size < interactions; tries--) {
                int where = random.nextDouble() < AT_HOME ? home : random.nextInt(neighbourhoods);
                int within = (int) (NEIGHBOURHOOD * Math.pow(random.nextDouble(), 2));
                int chosen = Math.min(items - 1, where * NEIGHBOURHOOD + within);
                if ((chosenSet[chosen >> 6] >>> chosen & 1) == 0) {
                    chosenSet[chosen >> 6] |= 1L << chosen;
                    user[size] = r;
                    item[size++] = chosen;
                    most--;
                }
            }
        }
        return shuffled(Arrays.copyOf(user, size), Arrays.copyOf(item, size), seed);
    }

    int interactions() {
        return user.length;
    }

    private static World shuffled(int[] user, int[] item, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int at = user.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            swap(user, at, other);
            swap(item, at, other);
        }
        int items = Arrays.stream(item).max().orElse(-1) + 1;
        int users = Arrays.stream(user).max().orElse(-1) + 1;
        return new World(items, users, user, item);
    }

    private static void swap(int[] numbers, int one, int other) {
        int kept = numbers[one];
        numbers[one] = numbers[other];
        numbers[other] = kept;
    }
}
