package dev.freshet.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Interactions in order, with distinct pairs of user and item, which the benchmarks learn from.
 *
 * @param items number of items, which are numbered from 0
 * @param users number of users, which are numbered from 0
 * @param user user of each interaction
 * @param item item of each interaction
 */
@SuppressWarnings("ArrayRecordComponent") // created once and never modified
record World(int items, int users, int[] user, int[] item) {
    /**
     * Number of items of Gowalla's training split, the size to which the performance goals refer.
     */
    static final int GOWALLA_ITEMS = 40_981;

    private static final int GOWALLA_USERS = 29_858;
    private static final int GOWALLA_INTERACTIONS = 810_128;
    private static final int MILLION_USERS = 130_000;
    private static final int MILLION_INTERACTIONS = 4_000_000;

    /** Number of items of one neighbourhood, from which most items of a user are drawn. */
    static final int NEIGHBOURHOOD = 100;

    /** Probability that an item is drawn from the user's own neighbourhood. */
    private static final double HOME_PROBABILITY = 0.7;

    /** Standard deviation of the logarithm of the users' activity, which is log-normal. */
    private static final double SPREAD = 1;

    private static final int MAX_PER_USER = 800;

    /** Returns the interactions of the training lines (a user followed by its items), shuffled. */
    static World gowalla(Path lines, long seed) throws IOException {
        IntStream.Builder users = IntStream.builder();
        IntStream.Builder items = IntStream.builder();
        for (String line : Files.readAllLines(lines)) {
            int[] numbers =
                    Arrays.stream(line.strip().split(" +")).mapToInt(Integer::parseInt).toArray();
            for (int at = 1; at < numbers.length; at++) {
                users.add(numbers[0]);
                items.add(numbers[at]);
            }
        }
        World world = shuffled(users.build().toArray(), items.build().toArray(), seed);
        if (world.interactions() == 0) {
            throw new IOException(lines + " contains no pairs");
        }
        return world;
    }

    /** Returns a generated world of Gowalla's size and approximate skew. */
    static World likeGowalla(long seed) {
        return generated(GOWALLA_ITEMS, GOWALLA_USERS, GOWALLA_INTERACTIONS, seed);
    }

    /** Returns a generated world of a million items, with as many entries as a model keeps. */
    static World million(long seed) {
        return generated(1_000_000, MILLION_USERS, MILLION_INTERACTIONS, seed);
    }

    /**
     * Returns a generated world. The activity of users is log-normal; each user has a neighbourhood
     * of items, within which popularity falls with rank, and sometimes draws from another one in
     * the same way.
     */
    static World generated(int items, int users, int interactions, long seed) {
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
            int most = Math.clamp(Math.round(activity[r] / sum * interactions), 1, MAX_PER_USER);
            long[] chosenSet = new long[(items + 63) / 64];
            for (int tries = 3 * most; tries > 0 && most > 0 && size < interactions; tries--) {
                int where =
                        random.nextDouble() < HOME_PROBABILITY
                                ? home
                                : random.nextInt(neighbourhoods);
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
