package dev.freshet.model.segment;

import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.factor.Factors;
import dev.freshet.model.history.Preferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The users that segments are drawn from, in the order of a hash of their pseudonyms: those with
 * the lowest hashes among the most recently active ones. So mostly the same people are in the
 * sample from day to day. Users that do not count for others yet are left out.
 *
 * @param vectors the direction of each user
 * @param preferences parallel to {@code vectors}
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
record SegmentSample(float[][] vectors, List<Preferences> preferences) {
    /** Most baskets that are looked at, the most recently active ones. */
    private static final int MAX_ACTIVE = 100_000;

    /**
     * Reads the sample.
     *
     * @param most users
     */
    static SegmentSample of(Baskets baskets, Factors factors, int most) {
        UserVectors users = new UserVectors(factors);
        List<float[]> vectors = new ArrayList<>();
        List<Preferences> preferences = new ArrayList<>();
        for (long key : byHash(baskets)) {
            Preferences one = Preferences.of(baskets.basket((int) key));
            float[] vector = users.of(one);
            if (vector != null) {
                vectors.add(vector);
                preferences.add(one);
            }
            if (vectors.size() == most) {
                break;
            }
        }
        return new SegmentSample(vectors.toArray(float[][]::new), preferences);
    }

    int people() {
        return vectors.length;
    }

    /**
     * Returns the slots of the latest baskets below the hashes of their pseudonyms, ascending. Of
     * two equal hashes of 32 bits the slot decides, which no snapshot keeps; so both are left out.
     */
    private static long[] byHash(Baskets baskets) {
        long[] keys = new long[Math.min(MAX_ACTIVE, baskets.users())];
        int size = 0;
        for (int link = baskets.activity().newest();
                link != 0 && size < keys.length;
                link = baskets.activity().older().get(link - 1)) {
            int slot = link - 1;
            if (baskets.waiting().get(slot) == ModelTime.NEVER) {
                keys[size++] = (hash(baskets.keys().get(slot)) & 0xFFFFFFFF00000000L) | slot;
            }
        }
        keys = Arrays.copyOf(keys, size);
        Arrays.sort(keys);
        int kept = 0;
        for (int at = 0; at < size; at++) {
            boolean alone =
                    (at == 0 || keys[at - 1] >> 32 != keys[at] >> 32)
                            && (at == size - 1 || keys[at + 1] >> 32 != keys[at] >> 32);
            if (alone) {
                keys[kept++] = keys[at];
            }
        }
        return Arrays.copyOf(keys, kept);
    }

    private static long hash(long pseudonym) {
        long mixed = (pseudonym ^ (pseudonym >>> 32)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
