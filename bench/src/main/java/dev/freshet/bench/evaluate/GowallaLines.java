package dev.freshet.bench.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Gowalla check-ins in LightGCN's split (He et al., SIGIR 2020): each line holds a user and its
 * items, numbers separated by blanks, without times.
 *
 * @param byUser items of each user; empty for a user without a line
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never modified
record GowallaLines(int[][] byUser) {
    static GowallaLines read(Path file) throws IOException {
        List<int[]> users = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank()) {
                continue;
            }
            int[] numbers =
                    Arrays.stream(line.strip().split(" +")).mapToInt(Integer::parseInt).toArray();
            while (users.size() <= numbers[0]) {
                users.add(new int[0]);
            }
            users.set(numbers[0], Arrays.copyOfRange(numbers, 1, numbers.length));
        }
        return new GowallaLines(users.toArray(int[][]::new));
    }

    int users() {
        return byUser.length;
    }

    /** Returns the items of a user, empty for one without a line. */
    int[] of(int user) {
        return user < byUser.length ? byUser[user] : new int[0];
    }

    /** Returns the total number of pairs. */
    int pairs() {
        return Arrays.stream(byUser).mapToInt(items -> items.length).sum();
    }

    /** Returns the highest item plus one. */
    int items() {
        return Arrays.stream(byUser).flatMapToInt(Arrays::stream).max().orElse(-1) + 1;
    }

    /** Two disjoint parts of the lines. */
    record Parts(GowallaLines kept, GowallaLines heldOut) {}

    /**
     * Holds out a random one in {@code every} of each user's items; a user with fewer items keeps
     * all.
     *
     * @param seed random seed
     */
    Parts holdOut(int every, long seed) {
        Random random = new Random(seed);
        int[][] kept = new int[byUser.length][];
        int[][] out = new int[byUser.length][];
        for (int user = 0; user < byUser.length; user++) {
            int[] items = byUser[user].clone();
            for (int at = items.length - 1; at > 0; at--) {
                int other = random.nextInt(at + 1);
                int item = items[at];
                items[at] = items[other];
                items[other] = item;
            }
            int first = items.length / every;
            out[user] = Arrays.copyOf(items, first);
            kept[user] = Arrays.copyOfRange(items, first, items.length);
        }
        return new Parts(new GowallaLines(kept), new GowallaLines(out));
    }
}
