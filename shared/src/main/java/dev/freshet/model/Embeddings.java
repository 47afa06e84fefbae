package dev.freshet.model;

import dev.freshet.feature.Embedding;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What items are about, as directions ({@link Embedding}), for those that have one: what a title
 * means beyond its words, and all that is known of an item that nobody met yet. Vectors are
 * compared by cosine within their space; of at most {@value #MOST_SPACES} spaces at a time, a
 * further one is left out.
 *
 * <p>An item with a vector takes its dimension and 24 B: 408 B with MiniLM. Past {@value
 * #MOST_BYTES} B of vectors (≈ 340,000 items with MiniLM) further ones are left out.
 */
public final class Embeddings {
    static final int MOST_SPACES = 8;
    static final long MOST_BYTES = 128L << 20;

    /** The items of a taste that its direction is made of. */
    static final int PROFILE_ITEMS = 30;

    private static final int SPACE_SHIFT = 25;
    private static final int SQUARES = (1 << SPACE_SHIFT) - 1;

    static final Embeddings EMPTY =
            new Embeddings(
                    Refs.empty(), Ints.EMPTY, new String[MOST_SPACES], new int[MOST_SPACES], 0);

    private final Refs<byte[]> cells;
    private final Ints marks;
    private final @Nullable String[] spaces;
    private final int[] holders;
    private final long bytes;

    private Embeddings(
            Refs<byte[]> cells, Ints marks, @Nullable String[] spaces, int[] holders, long bytes) {
        this.cells = cells;
        this.marks = marks;
        this.spaces = spaces;
        this.holders = holders;
        this.bytes = bytes;
    }

    /** Whether no item has a vector. */
    public boolean isEmpty() {
        return bytes == 0;
    }

    /** How many items have one. */
    public int items() {
        return Arrays.stream(holders).sum();
    }

    /** The item's vector, or none. */
    public Embedding of(int item) {
        byte[] own = cells.get(item);
        String space = own == null ? null : spaces[marks.get(item) >>> SPACE_SHIFT];
        return own == null || space == null
                ? Embedding.NONE
                : Embedding.ofCells(space.substring(0, space.lastIndexOf('/')), own);
    }

    /** Cosine of two items, −1 to 1; 0 where either has no vector, or one of another space. */
    public float cosine(int a, int b) {
        byte[] left = cells.get(a);
        byte[] right = cells.get(b);
        if (left == null || right == null || !comparable(a, b)) {
            return 0;
        }
        return cosine(left, marks.get(a) & SQUARES, right, marks.get(b) & SQUARES);
    }

    /** The direction of what a reader likes, less what was disliked or shown in vain. */
    Profile profile(Taste taste) {
        Profile profile = new Profile();
        if (isEmpty()) {
            return profile;
        }
        double[][] sums = new double[MOST_SPACES][];
        for (int rank = 0; rank < Math.min(taste.size(), PROFILE_ITEMS); rank++) {
            add(sums, taste.items()[rank], taste.weight(rank));
        }
        for (int rank = 0; rank < Math.min(taste.disliked().length, PROFILE_ITEMS); rank++) {
            add(sums, taste.disliked()[rank], -Content.DISLIKE);
        }
        int ignored = Math.min(taste.ignored().length, PROFILE_ITEMS);
        for (int rank = 0; rank < ignored; rank++) {
            add(sums, taste.ignored()[rank], -Content.IGNORED / ignored);
        }
        for (int space = 0; space < MOST_SPACES; space++) {
            double[] sum = sums[space];
            if (sum != null) {
                profile.set(space, sum);
            }
        }
        return profile;
    }

    /** The direction of one item. */
    Profile vector(int item) {
        Profile profile = new Profile();
        byte[] own = cells.get(item);
        if (own != null) {
            int mark = marks.get(item);
            profile.cells[mark >>> SPACE_SHIFT] = own;
            profile.squares[mark >>> SPACE_SHIFT] = mark & SQUARES;
        }
        return profile;
    }

    /** Cosine of an item with a direction; 0 where either is missing in the other's space. */
    float cosine(Profile profile, int item) {
        byte[] own = cells.get(item);
        if (own == null) {
            return 0;
        }
        int mark = marks.get(item);
        byte[] other = profile.cells[mark >>> SPACE_SHIFT];
        return other == null
                ? 0
                : cosine(other, profile.squares[mark >>> SPACE_SHIFT], own, mark & SQUARES);
    }

    /** Whether two items have vectors of one space. */
    boolean comparable(int a, int b) {
        return cells.get(a) != null
                && cells.get(b) != null
                && marks.get(a) >>> SPACE_SHIFT == marks.get(b) >>> SPACE_SHIFT;
    }

    /** How long the profile was in the item's space before it was made a direction; 0 for none. */
    double length(Profile profile, int item) {
        return cells.get(item) == null ? 0 : profile.lengths[marks.get(item) >>> SPACE_SHIFT];
    }

    /** About how many numbers a cosine reads, by what reading them costs beside other numbers. */
    int work() {
        return isEmpty() ? 0 : (int) (bytes / Math.max(1, items()) / 8);
    }

    /**
     * The items nearest to a direction, by a look at every one.
     *
     * @param own items to leave out
     */
    ItemScores near(Profile profile, ItemTable items, int[] own, int limit) {
        if (profile.isEmpty()) {
            return ItemScores.NONE;
        }
        TopN top = new TopN(Math.min(limit + own.length, cells.size()));
        for (int item = 0; item < cells.size(); item++) {
            float cosine = cosine(profile, item);
            if (cosine > 0 && !items.deleted(item)) {
                top.offer(item, cosine);
            }
        }
        return ItemScores.drain(top).without(own, limit);
    }

    Draft draft() {
        return new Draft(this);
    }

    private void add(double[][] sums, int item, float weight) {
        byte[] own = cells.get(item);
        if (own == null) {
            return;
        }
        int mark = marks.get(item);
        double[] sum = sums[mark >>> SPACE_SHIFT];
        if (sum == null) {
            sum = new double[own.length];
            sums[mark >>> SPACE_SHIFT] = sum;
        }
        double scale = weight / Math.sqrt(mark & SQUARES);
        for (int at = 0; at < sum.length; at++) {
            sum[at] += scale * own[at];
        }
    }

    private static float cosine(byte[] left, int leftSquares, byte[] right, int rightSquares) {
        return (float) (dot(left, right) / Math.sqrt((double) leftSquares * rightSquares));
    }

    /** Exact, whatever the order: at most 1,024 · 127² &lt; 2²⁵. */
    private static int dot(byte[] left, byte[] right) {
        int dot = 0;
        for (int at = 0; at < left.length; at++) {
            dot += left[at] * right[at];
        }
        return dot;
    }

    /** A direction in each space that one is known for. */
    static final class Profile {
        private final byte[] @Nullable [] cells = new byte[MOST_SPACES] @Nullable [];
        private final int[] squares = new int[MOST_SPACES];
        private final double[] lengths = new double[MOST_SPACES];

        boolean isEmpty() {
            return Arrays.stream(squares).sum() == 0;
        }

        private void set(int space, double[] sum) {
            float[] vector = new float[sum.length];
            double length = 0;
            for (int at = 0; at < sum.length; at++) {
                vector[at] = (float) sum[at];
                length += sum[at] * sum[at];
            }
            lengths[space] = Math.sqrt(length);
            byte[] rounded = Embedding.of(Embedding.GIVEN, vector).cells();
            if (rounded.length > 0) {
                cells[space] = rounded;
                squares[space] = dot(rounded, rounded);
            }
        }
    }

    /** The mutable continuation. */
    static final class Draft {
        private final Refs.Draft<byte[]> cells;
        private final Ints.Draft marks;
        private final @Nullable String[] spaces;
        private final int[] holders;
        private long bytes;

        private Draft(Embeddings from) {
            cells = from.cells.draft();
            marks = from.marks.draft();
            spaces = from.spaces.clone();
            holders = from.holders.clone();
            bytes = from.bytes;
        }

        /** Sets or, with none, removes an item's vector. @return false where there is no room */
        boolean put(int item, Embedding embedding) {
            remove(item);
            if (embedding.isEmpty()) {
                return true;
            }
            int space = bytes + embedding.dimension() > MOST_BYTES ? -1 : space(embedding.space());
            if (space < 0) {
                return false;
            }
            byte[] own = embedding.cells();
            cells.set(item, own);
            marks.set(item, space << SPACE_SHIFT | dot(own, own));
            holders[space]++;
            bytes += own.length;
            return true;
        }

        Embeddings peek() {
            return new Embeddings(cells.peek(), marks.peek(), spaces, holders, bytes);
        }

        Embeddings seal() {
            return new Embeddings(
                    cells.seal(), marks.seal(), spaces.clone(), holders.clone(), bytes);
        }

        private void remove(int item) {
            byte[] own = cells.get(item);
            if (own != null) {
                int space = marks.get(item) >>> SPACE_SHIFT;
                holders[space]--;
                bytes -= own.length;
                if (holders[space] == 0) {
                    spaces[space] = null;
                }
                cells.set(item, null);
                marks.set(item, 0);
            }
        }

        private int space(String name) {
            int free = -1;
            for (int space = 0; space < MOST_SPACES; space++) {
                if (spaces[space] == null) {
                    free = free < 0 ? space : free;
                } else if (name.equals(spaces[space])) {
                    return space;
                }
            }
            if (free >= 0) {
                spaces[free] = name;
            }
            return free;
        }
    }
}
