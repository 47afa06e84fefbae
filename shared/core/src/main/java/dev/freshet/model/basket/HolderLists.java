package dev.freshet.model.basket;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists that were read from the latest baskets that hold an item, kept from request to request and
 * from version to version. A list is returned only while each of these baskets is the very array it
 * was read from, which is compared at every look-up: baskets are replaced, never changed. So it
 * costs a comparison for each basket instead of reading it, and is equal to the list that would be
 * read.
 *
 * <p>At most {@value #SLOTS} lists of together about {@link #MAX_NUMBERS} numbers of 4 B, and the
 * baskets they are of. Everything is dropped when that is exceeded, and when {@value #VERSIONS}
 * further versions of the baskets were asked about, so that baskets that were erased are not kept
 * in memory. Safe for many threads.
 */
final class HolderLists {
    /** The lists of this process. */
    static final HolderLists SHARED = new HolderLists();

    static final int SLOTS = 1 << 17;

    /** At most 64 MB of numbers, and a sixteenth of the memory of the process. */
    static final int MAX_NUMBERS =
            (int) Math.min(1 << 24, Runtime.getRuntime().maxMemory() / (16 * Integer.BYTES));

    static final int VERSIONS = 256;

    private volatile Table table = new Table();
    private final AtomicInteger versions = new AtomicInteger();
    private volatile WeakReference<Baskets> latest = new WeakReference<>(Baskets.EMPTY);

    /** A list of a known size. */
    interface Sized {
        /** Returns about how many numbers of 4 B the list is made of. */
        int numbers();
    }

    /**
     * What a list is of, besides the baskets it is read from.
     *
     * @param kind the class of the list
     * @param tables by which it is weighted; null for none
     * @param k number of people from which on a pair of items counts
     */
    record Key(Class<? extends Sized> kind, int item, @Nullable BasketTables tables, int k) {
        private int slot(int baskets) {
            int hash = (item * 31 + baskets) * 31 + kind.getName().hashCode() + k;
            return (hash * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS));
        }
    }

    private record Kept(Key key, int[][] baskets, Sized list) {
        int numbers() {
            return baskets.length + list.numbers();
        }
    }

    /** The lists that are kept, each in the place of its key. */
    private static final class Table {
        private final AtomicReferenceArray<@Nullable Kept> lists =
                new AtomicReferenceArray<>(SLOTS);
        private final AtomicInteger numbers = new AtomicInteger();

        /** Puts a list in its place, and returns how many numbers there are then. */
        int put(int slot, Kept next) {
            Kept before = lists.getAndSet(slot, next);
            return numbers.addAndGet(next.numbers() - (before == null ? 0 : before.numbers()));
        }
    }

    /**
     * Returns a list: the one that is kept, else one that is read now.
     *
     * @param from the version that is read
     * @param opened the baskets of {@code from} that the list is read from
     * @param read reads the list; called at most once
     */
    <T extends Sized> T get(
            Key key, Baskets from, BasketScratch.OpenedBaskets opened, Supplier<T> read) {
        note(from);
        Table known = table;
        int slot = key.slot(opened.size());
        Kept kept = known.lists.get(slot);
        if (kept != null && kept.key.equals(key) && opened.are(kept.baskets)) {
            @SuppressWarnings("unchecked") // the key names the class
            T list = (T) kept.list;
            return list;
        }
        T list = read.get();
        if (known.put(slot, new Kept(key, opened.copy(), list)) > MAX_NUMBERS) {
            clear();
        }
        return list;
    }

    /** Counts the versions that are asked about. */
    private void note(Baskets from) {
        if (!latest.refersTo(from)) {
            latest = new WeakReference<>(from);
            if (versions.incrementAndGet() >= VERSIONS) {
                versions.set(0);
                clear();
            }
        }
    }

    /** Drops all lists. */
    void clear() {
        table = new Table();
    }
}
