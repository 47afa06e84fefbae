package dev.freshet.model.rows;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Short lists of ints as arrays, which are replaced and never changed. */
public final class IntArrays {
    /** A list without elements. */
    public static final int[] NONE = new int[0];

    private IntArrays() {}

    /** Returns a list, empty for none. */
    public static int[] orNone(int @Nullable [] list) {
        return list == null ? NONE : list;
    }

    /** Returns a copy with one more element at the end; from a full list the first is dropped. */
    public static int[] appended(int[] list, int value, int most) {
        int[] more =
                list.length < most
                        ? Arrays.copyOf(list, list.length + 1)
                        : Arrays.copyOfRange(list, 1, list.length + 1);
        more[more.length - 1] = value;
        return more;
    }

    /** Returns the elements of a list, then those of another. */
    public static int[] concat(int[] list, int[] next) {
        int[] both = Arrays.copyOf(list, list.length + next.length);
        System.arraycopy(next, 0, both, list.length, next.length);
        return both;
    }

    /** Returns the elements other than a value, or null where there are none. */
    public static int @Nullable [] without(int[] list, int value) {
        int[] rest = Arrays.stream(list).filter(other -> other != value).toArray();
        return rest.length == 0 ? null : rest;
    }

    /** Returns a copy without some elements that follow each other. */
    public static int[] cut(int[] list, int from, int length) {
        int[] rest = new int[list.length - length];
        System.arraycopy(list, 0, rest, 0, from);
        System.arraycopy(list, from + length, rest, from, rest.length - from);
        return rest;
    }
}
