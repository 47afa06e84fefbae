package dev.freshet.model.content;

import dev.freshet.catalog.Embedding;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
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
    public static final int PROFILE_ITEMS = 30;

    static final int SPACE_SHIFT = 25;
    private static final int SQUARES = (1 << SPACE_SHIFT) - 1;

    public static final Embeddings EMPTY =
            new Embeddings(
                    Refs.empty(), Ints.EMPTY, new String[MOST_SPACES], new int[MOST_SPACES], 0);

    private final Refs<byte[]> cells;
    private final Ints marks;
    private final @Nullable String[] spaces;
    private final int[] holders;
    private final long bytes;

    Embeddings(
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
        return Direction.cosine(left, marks.get(a) & SQUARES, right, marks.get(b) & SQUARES);
    }

    /** The direction of what a reader likes, less what was disliked or shown in vain. */
    public Profile profile(Preferences preferences) {
        Profile profile = new Profile();
        if (isEmpty()) {
            return profile;
        }
        double[][] sums = new double[MOST_SPACES][];
        for (int rank = 0; rank < Math.min(preferences.size(), PROFILE_ITEMS); rank++) {
            add(sums, preferences.items()[rank], preferences.weight(rank));
        }
        for (int rank = 0; rank < Math.min(preferences.disliked().length, PROFILE_ITEMS); rank++) {
            add(sums, preferences.disliked()[rank], -Content.DISLIKE);
        }
        int ignored = Math.min(preferences.ignored().length, PROFILE_ITEMS);
        for (int rank = 0; rank < ignored; rank++) {
            add(sums, preferences.ignored()[rank], -Content.IGNORED / ignored);
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
    public Profile vector(int item) {
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
    public float cosine(Profile profile, int item) {
        byte[] own = cells.get(item);
        if (own == null) {
            return 0;
        }
        int mark = marks.get(item);
        byte[] other = profile.cells[mark >>> SPACE_SHIFT];
        return other == null
                ? 0
                : Direction.cosine(
                        other, profile.squares[mark >>> SPACE_SHIFT], own, mark & SQUARES);
    }

    /** Whether two items have vectors of one space. */
    public boolean comparable(int a, int b) {
        return cells.get(a) != null
                && cells.get(b) != null
                && marks.get(a) >>> SPACE_SHIFT == marks.get(b) >>> SPACE_SHIFT;
    }

    /** How long the profile was in the item's space before it was made a direction; 0 for none. */
    public double length(Profile profile, int item) {
        return cells.get(item) == null ? 0 : profile.lengths[marks.get(item) >>> SPACE_SHIFT];
    }

    /** About how many numbers a cosine reads, by what reading them costs beside other numbers. */
    public int work() {
        return isEmpty() ? 0 : (int) (bytes / Math.max(1, items()) / 8);
    }

    /** Indexes of items with vectors are below it. */
    int size() {
        return cells.size();
    }

    /** The name of a space, or null where this place is free. */
    @Nullable String space(int space) {
        return spaces[space];
    }

    /** How many items have a vector of this space. */
    int held(int space) {
        return holders[space];
    }

    /** Of a space that is there. */
    int dimension(int space) {
        String name = String.valueOf(spaces[space]);
        return Integer.parseInt(name.substring(name.lastIndexOf('/') + 1));
    }

    boolean isIn(int item, int space) {
        return cells.get(item) != null && marks.get(item) >>> SPACE_SHIFT == space;
    }

    /** Whether the item's vector is the very one that it was, or it has and had none. */
    @SuppressWarnings("ReferenceEquality") // vectors are replaced, never changed
    boolean sameAs(Embeddings before, int item) {
        return cells.get(item) == before.cells.get(item)
                && marks.get(item) == before.marks.get(item);
    }

    /** The item's direction in this space, or null. */
    @Nullable Direction direction(int item, int space) {
        byte[] own = cells.get(item);
        return own == null || marks.get(item) >>> SPACE_SHIFT != space
                ? null
                : new Direction(own, marks.get(item) & SQUARES);
    }

    public EmbeddingsDraft draft() {
        return new EmbeddingsDraft(this);
    }

    Refs<byte[]> cells() {
        return cells;
    }

    /** Space and sum of squares of each item's vector; 0 for none. */
    Ints marks() {
        return marks;
    }

    @Nullable String[] spaces() {
        return spaces;
    }

    /** How many vectors each space has. */
    int[] holders() {
        return holders;
    }

    long bytes() {
        return bytes;
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

    /** A direction in each space that one is known for. */
    public static final class Profile {
        private final byte[] @Nullable [] cells = new byte[MOST_SPACES] @Nullable [];
        private final int[] squares = new int[MOST_SPACES];
        private final double[] lengths = new double[MOST_SPACES];

        boolean isEmpty() {
            return Arrays.stream(squares).sum() == 0;
        }

        @Nullable Direction in(int space) {
            byte[] own = cells[space];
            return own == null ? null : new Direction(own, squares[space]);
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
                squares[space] = Direction.dot(rounded, rounded);
            }
        }
    }
}
