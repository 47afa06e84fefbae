package dev.freshet.model.vectors;

import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.Ints;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Learned state of the matrix factorization: vectors of items and of labels (tags and authors), and
 * the sums over all items and all users that fold-in and learning steps need. 32 B for each item
 * with an interaction, and at most 140 kB for labels.
 *
 * @param items packed vectors by item; none before an item's first interaction
 * @param labels packed vectors by bucket of the label's hash: the mean vector of the items with
 *     that label
 * @param labelSteps by bucket, the number of steps that the mean is over
 * @param ofItems Σ q qᵀ over the items' vectors
 * @param ofUsers C: the mean of p pᵀ over interactions, where p is the user's vector; recent ones
 *     count more
 * @param steps number of learning steps so far
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record FactorState(
        Ints items, Ints labels, Ints labelSteps, double[] ofItems, double[] ofUsers, long steps) {
    /** The number of label buckets; labels in one bucket share a vector. */
    public static final int BUCKETS = 4_096;

    /** The largest number of an item's labels that are used. */
    public static final int MAX_LABELS = 8;

    /** The length of every vector. */
    public static final int RANK = Gram.RANK;

    public static final FactorState EMPTY =
            new FactorState(
                    Ints.EMPTY,
                    Ints.EMPTY,
                    Ints.EMPTY,
                    new double[Gram.SIZE],
                    new double[Gram.SIZE],
                    0);

    /** The number of steps by items of a label at which its vector is weighted by half. */
    private static final double LABEL_TRUST = 5;

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    /** Returns an empty fold-in. */
    public FoldIn foldIn() {
        return new FoldIn(ofItems);
    }

    /**
     * Computes the projection of an item's content, which is the item's vector before its first
     * interaction.
     *
     * @param itemLabels hashes of its tags and author; any ints
     * @param into {@link #RANK} long, overwritten
     */
    public void project(int[] itemLabels, float[] into) {
        project(labels, labelSteps, itemLabels, into);
    }

    /**
     * Reads an item's own vector.
     *
     * @param into {@link #RANK} long, overwritten; zeros where the item has none
     * @return whether the item has one
     */
    public boolean read(int item, float[] into) {
        return Vectors.read(items, item, into);
    }

    /** Returns the dot product of two vectors. */
    public static float dot(float[] a, float[] b) {
        return Vectors.dot(a, b);
    }

    /**
     * Computes the mean of the vectors of these labels, each weighted by how many steps it is based
     * on.
     */
    static void project(Ints vectors, Ints labelSteps, int[] labels, float[] into) {
        Arrays.fill(into, 0);
        int most = Math.min(labels.length, MAX_LABELS);
        for (int at = 0; at < most; at++) {
            int bucket = labels[at] & (BUCKETS - 1);
            int steps = labelSteps.get(bucket);
            float confidence = (float) (steps / (steps + LABEL_TRUST) / most);
            Vectors.addScaled(vectors, bucket, confidence, into);
        }
    }

    /** Returns the form of the vectors in a model of so many items. */
    public static Form<FactorState> form(int items) {
        return Form.of(
                (state, out) -> FactorRows.FORM.write(FactorRows.whole(state), out),
                in -> {
                    Draft draft = EMPTY.draft();
                    draft.set(FactorRows.FORM.read(in), items);
                    return draft.seal();
                });
    }

    /** The mutable continuation of a {@link FactorState}. Used by one thread. */
    public static final class Draft implements Continuation<FactorState> {
        /** The least rate at which the mean of a label follows the vectors of its items. */
        private static final float LABEL_RATE = 0.01f;

        /**
         * The least rate at which C follows the users' vectors: a mean over about the last thousand
         * interactions.
         */
        private static final double USER_RATE = 0.001;

        /** The size of the random start vector of an item. */
        private static final float START = 0.1f;

        private final Ints.Draft items;
        private final Ints.Draft labels;
        private final Ints.Draft labelSteps;
        private final double[] ofItems;
        private final double[] ofUsers;
        private final BitSet changedItems = new BitSet();
        private final BitSet changedLabels = new BitSet();
        private long steps;

        private Draft(FactorState from) {
            items = from.items.draft();
            labels = from.labels.draft();
            labelSteps = from.labelSteps.draft();
            ofItems = from.ofItems.clone();
            ofUsers = from.ofUsers.clone();
            steps = from.steps;
        }

        /** Returns the number of learning steps so far. */
        public long steps() {
            return steps;
        }

        /** Returns an empty fold-in. */
        public FoldIn foldIn() {
            return new FoldIn(ofItems);
        }

        /**
         * Adds an item to a fold-in; an item without a vector is left out.
         *
         * @param strength &gt; 0
         */
        public void add(FoldIn user, int item, float strength) {
            float[] vector = new float[Gram.RANK];
            if (Vectors.read(items.peek(), item, vector)) {
                user.add(vector, strength);
            }
        }

        /**
         * Gives an item without a vector an initial one: the projection of its content plus
         * pseudorandom numbers that depend on the item only.
         */
        public void begin(int item, int[] itemLabels) {
            float[] vector = new float[Gram.RANK];
            if (Vectors.read(items.peek(), item, vector)) {
                return;
            }
            project(labels.peek(), labelSteps.peek(), itemLabels, vector);
            long mixed = item;
            for (int at = 0; at < Gram.RANK; at++) {
                mixed = mix(mixed + 0x9E3779B97F4A7C15L);
                vector[at] += START * ((mixed >>> 40) * 0x1p-23f - 1);
            }
            write(item, vector);
        }

        /**
         * Learns from one interaction; does nothing where rounding errors have made the solution
         * not finite.
         *
         * @param item an item with a vector, see {@link #begin}
         * @param itemLabels buckets of its tags and author
         * @param user fold-in of the user's other items
         * @param times number of interactions with the item so far, including this one
         * @param visible whether enough people are behind the item's vector for its labels to
         *     follow it
         */
        public void step(int item, int[] itemLabels, FoldIn user, int times, boolean visible) {
            if (user.isEmpty()) {
                return;
            }
            float[] folded = user.solve();
            if (!Vectors.isFinite(folded)) {
                return;
            }
            double rate = Math.max(USER_RATE, 1.0 / (steps + 1));
            for (int at = 0; at < Gram.SIZE; at++) {
                ofUsers[at] -= rate * ofUsers[at];
            }
            Gram.add(ofUsers, folded, rate);
            steps++;
            float[] vector = new float[Gram.RANK];
            float[] content = new float[Gram.RANK];
            Vectors.read(items.peek(), item, vector);
            project(labels.peek(), labelSteps.peek(), itemLabels, content);
            float[] before = vector.clone();
            ItemStep.move(vector, folded, ofUsers, content, Math.max(1, times), (double) steps);
            if (Vectors.isFinite(vector)) {
                Gram.add(ofItems, before, -1);
                write(item, vector);
                if (visible) {
                    updateLabels(itemLabels, vector);
                }
            }
        }

        /**
         * Reverts one interaction's share of what was learned: the item's vector moves towards the
         * projection of its content.
         *
         * @param times number of interactions with the item that remain
         */
        public void retract(int item, int[] itemLabels, int times) {
            float[] vector = new float[Gram.RANK];
            if (!Vectors.read(items.peek(), item, vector)) {
                return;
            }
            float[] content = new float[Gram.RANK];
            project(labels.peek(), labelSteps.peek(), itemLabels, content);
            Gram.add(ofItems, vector, -1);
            float share = 1f / (Math.max(0, times) + 1);
            for (int at = 0; at < Gram.RANK; at++) {
                vector[at] += share * (content[at] - vector[at]);
            }
            write(item, vector);
        }

        /**
         * Copies rows from another trainer.
         *
         * @throws MalformedBytesException when a row belongs to an unknown item
         */
        public void set(FactorRows rows, int knownItems) {
            for (int at = 0; at < rows.items().length; at++) {
                int item = rows.items()[at];
                if (item >= knownItems) {
                    throw new MalformedBytesException(
                            "a vector belongs to item "
                                    + item
                                    + ", but there are only "
                                    + knownItems);
                }
                copy(rows.itemVectors()[at], items, item);
            }
            for (int at = 0; at < rows.labels().length; at++) {
                copy(rows.labelVectors()[at], labels, rows.labels()[at]);
                labelSteps.set(rows.labels()[at], rows.labelVectors()[at][Vectors.WIDTH]);
            }
            System.arraycopy(rows.ofItems(), 0, ofItems, 0, Gram.SIZE);
            System.arraycopy(rows.ofUsers(), 0, ofUsers, 0, Gram.SIZE);
            steps = rows.steps();
        }

        /** Returns the rows that changed since this draft began. */
        public FactorRows changed() {
            return FactorRows.of(peek(), changedItems, changedLabels);
        }

        @Override
        public FactorState content(boolean sealed) {
            return new FactorState(
                    items.content(sealed),
                    labels.content(sealed),
                    labelSteps.content(sealed),
                    sealed ? ofItems.clone() : ofItems,
                    sealed ? ofUsers.clone() : ofUsers,
                    steps);
        }

        private void updateLabels(int[] itemLabels, float[] vector) {
            float[] mean = new float[Gram.RANK];
            for (int at = 0; at < Math.min(itemLabels.length, MAX_LABELS); at++) {
                int bucket = itemLabels[at] & (BUCKETS - 1);
                int before = labelSteps.get(bucket);
                Vectors.read(labels.peek(), bucket, mean);
                float rate = Math.max(LABEL_RATE, 1f / (before + 1));
                for (int s = 0; s < Gram.RANK; s++) {
                    mean[s] += rate * (vector[s] - mean[s]);
                }
                Vectors.write(labels, bucket, mean);
                labelSteps.set(bucket, Math.min(before, Integer.MAX_VALUE - 1) + 1);
                changedLabels.set(bucket);
            }
        }

        /** Writes a vector that Σ q qᵀ does not currently contain, and adds it there. */
        private void write(int item, float[] vector) {
            Vectors.write(items, item, vector);
            Gram.add(ofItems, vector, 1);
            changedItems.set(item);
        }

        private static void copy(int[] packed, Ints.Draft rows, int row) {
            for (int at = 0; at < Vectors.WIDTH; at++) {
                rows.set(row * Vectors.WIDTH + at, packed[at]);
            }
        }

        /** Returns the output function of SplitMix64 (Steele, Lea, Flood 2014). */
        private static long mix(long bits) {
            long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return mixed ^ (mixed >>> 31);
        }
    }

    /**
     * One learning step of an item's vector towards the solution of implicit matrix factorization,
     * from one interaction. For an item with n of T interactions, by users with vectors p, the
     * solution q satisfies
     *
     * <pre>Σ (1 − p·q) p over its n interactions − a T C q − n λ (q − c) = 0</pre>
     *
     * where C is the mean of p pᵀ over all interactions, which represents the interactions with
     * other items, and c is the projection of the item's content. The step is Newton's for one
     * interaction's share of the equation, with n C in place of the item's own Σ p pᵀ: C is one
     * matrix for all items, so that only q is stored per item. The step length is 1 / (n + 2) at
     * first and never less than {@value #LEAST}, so that learning never stops.
     *
     * <p>Needs no sampled negatives, changes one row, and costs two products and one solution:
     * about 2,500 multiplications.
     */
    static final class ItemStep {
        /** a: the weight of an interaction with another item. */
        private static final double OTHERS = 0.002;

        /** λ: the ridge penalty. */
        private static final double RIDGE = 0.01;

        /**
         * Added to the curvature, which could otherwise vanish while the users' vectors span few
         * directions.
         */
        private static final double DAMPING = 0.05;

        /** The least step length. */
        static final double LEAST = 0.05;

        private ItemStep() {}

        /**
         * Moves an item's vector by one step.
         *
         * @param item the vector, overwritten
         * @param user the user's vector, folded in from earlier interactions
         * @param ofUsers C
         * @param content c
         * @param times n, including this interaction
         * @param interactions T
         */
        static void move(
                float[] item,
                float[] user,
                double[] ofUsers,
                float[] content,
                int times,
                double interactions) {
            double others = OTHERS * interactions / times;
            double error = 1;
            for (int at = 0; at < Gram.RANK; at++) {
                error -= (double) user[at] * item[at];
            }
            double[] slope = Gram.times(ofUsers, item);
            double[] curvature = new double[Gram.SIZE];
            for (int at = 0; at < Gram.SIZE; at++) {
                curvature[at] = (1 + others) * ofUsers[at];
            }
            for (int at = 0; at < Gram.RANK; at++) {
                slope[at] =
                        error * user[at] - others * slope[at] - RIDGE * (item[at] - content[at]);
                curvature[at * (at + 1) / 2 + at] += RIDGE + DAMPING;
            }
            Gram.solve(curvature, slope);
            double length = Math.max(LEAST, 1.0 / (times + 2));
            for (int at = 0; at < Gram.RANK; at++) {
                item[at] = (float) (item[at] + length * slope[at]);
            }
        }
    }

    /**
     * Vectors by row, in half precision, two numbers to an int: 32 B a row. The trainer computes
     * with the rounded numbers too, so that trainer and followers have equal ones. A row that was
     * never set counts as absent.
     */
    static final class Vectors {
        /** The number of ints in a row; a divisor of the length of a chunk. */
        static final int WIDTH = Gram.RANK / 2;

        /** The bound of a number's magnitude; larger ones are clamped. */
        private static final float MAX_MAGNITUDE = 1_000;

        private Vectors() {}

        /**
         * Reads a row.
         *
         * @return whether the row is present; otherwise {@code into} is all zeros
         */
        static boolean read(Ints rows, int row, float[] into) {
            int[] chunk = rows.chunk(row * WIDTH);
            if (chunk == null) {
                Arrays.fill(into, 0);
                return false;
            }
            int start = row * WIDTH & Ints.MASK;
            int any = 0;
            for (int at = 0; at < WIDTH; at++) {
                int pair = chunk[start + at];
                into[2 * at] = low(pair);
                into[2 * at + 1] = high(pair);
                any |= pair;
            }
            return any != 0;
        }

        /** Adds a multiple of a row. */
        static void addScaled(Ints rows, int row, float scale, float[] into) {
            int[] chunk = rows.chunk(row * WIDTH);
            int start = row * WIDTH & Ints.MASK;
            for (int at = 0; chunk != null && at < WIDTH; at++) {
                int pair = chunk[start + at];
                into[2 * at] += scale * low(pair);
                into[2 * at + 1] += scale * high(pair);
            }
        }

        private static float low(int pair) {
            return Float.float16ToFloat((short) pair);
        }

        private static float high(int pair) {
            return Float.float16ToFloat((short) (pair >>> 16));
        }

        /** Writes a row and replaces {@code vector} by the rounded numbers. */
        static void write(Ints.Draft rows, int row, float[] vector) {
            for (int at = 0; at < WIDTH; at++) {
                short low =
                        Float.floatToFloat16(
                                Math.clamp(vector[2 * at], -MAX_MAGNITUDE, MAX_MAGNITUDE));
                short high =
                        Float.floatToFloat16(
                                Math.clamp(vector[2 * at + 1], -MAX_MAGNITUDE, MAX_MAGNITUDE));
                rows.set(row * WIDTH + at, (low & 0xFFFF) | (high << 16));
                vector[2 * at] = Float.float16ToFloat(low);
                vector[2 * at + 1] = Float.float16ToFloat(high);
            }
        }

        /** Returns whether both packed numbers are finite. */
        static boolean isFinite(int pair) {
            return (pair & 0x7C00) != 0x7C00 && ((pair >>> 16) & 0x7C00) != 0x7C00;
        }

        /** Returns whether every number is finite. */
        static boolean isFinite(float[] vector) {
            for (float number : vector) {
                if (!Float.isFinite(number)) {
                    return false;
                }
            }
            return true;
        }

        static float dot(float[] a, float[] b) {
            float sum = 0;
            for (int at = 0; at < Gram.RANK; at++) {
                sum += a[at] * b[at];
            }
            return sum;
        }
    }
}
