package dev.freshet.model.vectors;

import dev.freshet.catalog.Embedding;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Embedding vectors of items, as directions ({@link Embedding}). They represent the meaning of an
 * item beyond its words, and for an item without interactions they are the only information besides
 * its catalogue record. Vectors are compared by cosine within their embedding space. At most
 * {@value #MAX_SPACES} spaces exist at a time; vectors of further ones are left out.
 *
 * <p>An item with a vector takes its dimension and 24 B: 408 B with MiniLM. Beyond {@value
 * #MAX_BYTES} B of vectors (≈ 340,000 items with MiniLM) further ones are left out.
 *
 * @param cells numbers of each item's vector; null for none
 * @param marks space and sum of squares of each item's vector; 0 for none
 * @param spaces names by number; null for a free one
 * @param holders number of vectors in each space
 * @param bytes size of all vectors together
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record Embeddings(
        Refs<byte[]> cells, Ints marks, @Nullable String[] spaces, int[] holders, long bytes) {
    /** The largest number of embedding spaces. */
    static final int MAX_SPACES = 8;

    /** The largest size of all vectors together, in bytes. */
    static final long MAX_BYTES = 128L << 20;

    /**
     * The number of latest liked, of disliked and of ignored items that a profile is computed from.
     */
    public static final int PROFILE_ITEMS = 30;

    static final int SPACE_SHIFT = 25;
    private static final int SQUARES = (1 << SPACE_SHIFT) - 1;

    public static final Embeddings EMPTY =
            new Embeddings(
                    Refs.empty(), Ints.EMPTY, new String[MAX_SPACES], new int[MAX_SPACES], 0);

    /** Returns whether no item has a vector. */
    public boolean isEmpty() {
        return bytes == 0;
    }

    /** Returns the number of items with a vector. */
    public int items() {
        return Arrays.stream(holders).sum();
    }

    /** Returns an item's vector, or {@link Embedding#NONE}. */
    public Embedding of(int item) {
        byte[] own = cells.get(item);
        String space = own == null ? null : spaces[marks.get(item) >>> SPACE_SHIFT];
        return own == null || space == null
                ? Embedding.NONE
                : Embedding.ofCells(space.substring(0, space.lastIndexOf('/')), own);
    }

    /**
     * Returns the cosine of two items, −1 to 1; 0 where either has no vector, or their spaces
     * differ.
     */
    public float cosine(int a, int b) {
        byte[] left = cells.get(a);
        byte[] right = cells.get(b);
        if (left == null || right == null || !comparable(a, b)) {
            return 0;
        }
        return Direction.cosine(left, marks.get(a) & SQUARES, right, marks.get(b) & SQUARES);
    }

    /**
     * Returns a user's profile: in each space, the weighted sum of the latest liked items'
     * directions minus those of the disliked and ignored ones.
     */
    public Profile profile(Preferences preferences) {
        Profile profile = new Profile();
        if (isEmpty()) {
            return profile;
        }
        double[][] sums = new double[MAX_SPACES][];
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
        for (int space = 0; space < MAX_SPACES; space++) {
            double[] sum = sums[space];
            if (sum != null) {
                profile.set(space, sum);
            }
        }
        return profile;
    }

    /** Returns a profile that consists of one item's direction. */
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

    /**
     * Returns the cosine of an item and a profile; 0 where the item has no vector, or the profile
     * none in the item's space.
     */
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

    /** Returns whether two items have vectors of one space. */
    public boolean comparable(int a, int b) {
        return cells.get(a) != null
                && cells.get(b) != null
                && marks.get(a) >>> SPACE_SHIFT == marks.get(b) >>> SPACE_SHIFT;
    }

    /**
     * Returns the length of a profile in the item's space before it was normalized; 0 where it has
     * none.
     */
    public double length(Profile profile, int item) {
        return cells.get(item) == null ? 0 : profile.lengths[marks.get(item) >>> SPACE_SHIFT];
    }

    /**
     * Returns about how many numbers a cosine reads, weighted by the cost of reading them relative
     * to other numbers.
     */
    public int work() {
        return isEmpty() ? 0 : (int) (bytes / Math.max(1, items()) / 8);
    }

    /** Returns a bound that the indexes of all items with vectors are below. */
    int size() {
        return cells.size();
    }

    /** Returns the name of a space, or null for an unused number. */
    @Nullable String space(int space) {
        return spaces[space];
    }

    /** Returns the number of items with a vector in a space. */
    int vectors(int space) {
        return holders[space];
    }

    /** Returns the dimension of a space that is in use. */
    int dimension(int space) {
        String name = String.valueOf(spaces[space]);
        return Integer.parseInt(name.substring(name.lastIndexOf('/') + 1));
    }

    /** Returns whether an item has a vector in a space. */
    boolean isIn(int item, int space) {
        return cells.get(item) != null && marks.get(item) >>> SPACE_SHIFT == space;
    }

    /** Whether the item's vector is the very one that it was, or it has and had none. */
    @SuppressWarnings("ReferenceEquality") // vectors are replaced, never changed
    boolean sameAs(Embeddings before, int item) {
        return cells.get(item) == before.cells.get(item)
                && marks.get(item) == before.marks.get(item);
    }

    /** Returns an item's direction in a space, or null. */
    @Nullable Direction direction(int item, int space) {
        byte[] own = cells.get(item);
        return own == null || marks.get(item) >>> SPACE_SHIFT != space
                ? null
                : new Direction(own, marks.get(item) & SQUARES);
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
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

    /** A profile: a direction in each space in which one is known. */
    public static final class Profile {
        private final byte[] @Nullable [] cells = new byte[MAX_SPACES] @Nullable [];
        private final int[] squares = new int[MAX_SPACES];
        private final double[] lengths = new double[MAX_SPACES];

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

    /** The mutable continuation of {@link Embeddings}. */
    public static final class Draft implements Continuation<Embeddings> {
        private final Refs.Draft<byte[]> cells;
        private final Ints.Draft marks;
        private final @Nullable String[] spaces;
        private final int[] holders;
        private long bytes;
        private Embeddings unchanged;
        private boolean changed;

        private Draft(Embeddings from) {
            cells = from.cells.draft();
            marks = from.marks.draft();
            spaces = from.spaces.clone();
            holders = from.holders.clone();
            bytes = from.bytes;
            unchanged = from;
        }

        /**
         * Sets an item's vector, or removes it if the vector is empty.
         *
         * @return false where the bound of spaces or of bytes does not allow it
         */
        public boolean put(int item, Embedding embedding) {
            remove(item);
            if (embedding.isEmpty()) {
                return true;
            }
            int space = bytes + embedding.dimension() > MAX_BYTES ? -1 : space(embedding.space());
            if (space < 0) {
                return false;
            }
            changed = true;
            byte[] own = embedding.cells();
            cells.set(item, own);
            marks.set(item, space << SPACE_SHIFT | Direction.dot(own, own));
            holders[space]++;
            bytes += own.length;
            return true;
        }

        @Override
        public Embeddings content(boolean sealed) {
            if (!changed) {
                return unchanged;
            }
            Embeddings content =
                    new Embeddings(
                            cells.content(sealed),
                            marks.content(sealed),
                            sealed ? spaces.clone() : spaces,
                            sealed ? holders.clone() : holders,
                            bytes);
            if (sealed) {
                unchanged = content;
                changed = false;
            }
            return content;
        }

        private void remove(int item) {
            byte[] own = cells.get(item);
            if (own != null) {
                changed = true;
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
            for (int space = 0; space < MAX_SPACES; space++) {
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
