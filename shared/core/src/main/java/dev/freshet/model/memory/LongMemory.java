package dev.freshet.model.memory;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.example.Example;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of items by the model's numbers of items, immutable. Which items a table knows
 * depends on its file and on the items that the model had when it was named, so the trainer and
 * every replica have the same table whenever they load it.
 *
 * <p>Memory: at most {@link NeighboursFile#TABLE_BYTES} beside 4 B for each item of the model that
 * the file does not have. A row costs K additions.
 *
 * @param name what a model names it by; null for none
 * @param rows by item of the model, its row; −1 for none
 * @param entries rows of neighbours, each with the code of its weight
 * @param width most neighbours of an item
 * @param weights by code
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record LongMemory(
        Example.@Nullable Neighbours name, int[] rows, int[] entries, int width, float[] weights) {
    /** A memory without neighbours, which nothing names. */
    public static final LongMemory NONE =
            new LongMemory(null, new int[0], new int[0], 0, new float[NeighboursFile.CODES]);

    private static final int CODE_BITS = 8;

    /**
     * Reads a file of neighbours.
     *
     * @param named what the model names, with the number of items that it had then
     * @param items of that model, or of a later version
     * @throws MalformedBytesException if the bytes are no such file
     */
    public static LongMemory read(MemoryNames.Named named, byte[] bytes, ItemTable items) {
        NeighboursFile file;
        try {
            file = NeighboursFile.open(bytes);
        } catch (IllegalArgumentException damaged) {
            throw new MalformedBytesException(String.valueOf(damaged.getMessage()));
        }
        int[] numbers = new int[file.items()];
        int known = Math.min(named.items(), items.size());
        file.forEachId(
                (id, number) -> {
                    int item = items.index(id);
                    numbers[number] = item < known ? item : -1;
                });
        int[] rows = new int[known];
        Arrays.fill(rows, -1);
        int[] entries = new int[file.items() * file.width()];
        for (int number = 0; number < numbers.length; number++) {
            if (numbers[number] >= 0) {
                rows[numbers[number]] = number;
                int to = number * file.width();
                for (int rank = 0; rank < file.width(); rank++) {
                    int code = file.code(number, rank);
                    int neighbour = code == 0 ? -1 : numbers[file.neighbour(number, rank)];
                    if (neighbour >= 0) {
                        entries[to++] = neighbour << CODE_BITS | code;
                    }
                }
            }
        }
        float[] weights = new float[NeighboursFile.CODES];
        for (int code = 0; code < weights.length; code++) {
            weights[code] = (float) NeighboursFile.weight(code, file.greatest());
        }
        return new LongMemory(named.name(), rows, entries, file.width(), weights);
    }

    /** Returns whether this is what a model names, or the model names nothing. */
    public boolean is(Example.@Nullable Neighbours named) {
        return Objects.equals(name, named);
    }

    /** Returns whether there are no neighbours. */
    public boolean isEmpty() {
        return entries.length == 0;
    }

    /** Returns the greatest weight of a pair of items. */
    public float greatest() {
        return weights[NeighboursFile.CODES - 1];
    }

    /** Adds the weights of an item's neighbours, times a factor. */
    public void add(int item, float factor, IntFloats to) {
        int row = item < rows.length ? rows[item] : -1;
        if (row < 0) {
            return;
        }
        for (int at = row * width; at < (row + 1) * width && entries[at] != 0; at++) {
            to.add(entries[at] >>> CODE_BITS, factor * weights[entries[at] & 0xFF]);
        }
    }

    /** Returns the weight of a pair of items; 0 if they are no neighbours. */
    public float weight(int item, int neighbour) {
        int row = item < rows.length ? rows[item] : -1;
        for (int at = row * width; row >= 0 && at < (row + 1) * width && entries[at] != 0; at++) {
            if (entries[at] >>> CODE_BITS == neighbour) {
                return weights[entries[at] & 0xFF];
            }
        }
        return 0;
    }

    /** Loads the neighbours that an example names, while it is applied. */
    @FunctionalInterface
    public interface Loader {
        /**
         * Goes on with the neighbours that are loaded; whoever reads the model loads the new ones.
         */
        Loader LATER = (named, items, present) -> present;

        /**
         * Returns the neighbours to go on with.
         *
         * @param items of the model that names them
         * @param present those that are loaded so far
         * @throws dev.freshet.store.StoreUnavailableException if they cannot be loaded
         */
        LongMemory load(MemoryNames.Named named, ItemTable items, LongMemory present);
    }
}
