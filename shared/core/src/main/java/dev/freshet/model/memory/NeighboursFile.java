package dev.freshet.model.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.zip.CRC32C;

/**
 * The format {@code neighbours-v1}: the nearest neighbours of each item, with weights.
 *
 * <p>Bytes, big-endian: the magic number, the number of items, K, the greatest weight as an IEEE
 * 754 number of 8 bytes, the length of the ids; the ids in ascending order, each in UTF-8 behind
 * its length in one or two bytes; for each item K entries of 4 bytes, a neighbour's number in the
 * upper 24 bits and the code of its weight in the lower 8, in descending order of codes, then zero
 * where there are fewer; last the CRC-32C of everything before it in 8 bytes.
 *
 * <p>A weight w has the code c = 255 + 16·log₂(w/greatest), rounded, from 1 to 255. Two codes are 4
 * % apart, so a weight is off by 2.2 % at most; weights below 2⁻¹⁵·⁹ of the greatest one have the
 * code 1.
 *
 * <p>K follows from the number of items ({@link #most}), so that the table takes {@value
 * #TABLE_BYTES} bytes at most: 50 up to 328,965 items, 15 at a million.
 *
 * <p>This class is also compiled into the batch job, for Java 17, and uses the JDK alone.
 */
public final class NeighboursFile {
    /** The most neighbours of an item. */
    public static final int MAX_NEIGHBOURS = 50;

    /** The most items of a file. */
    public static final int MAX_ITEMS = 1_000_000;

    /** The most bytes of the table in memory: for each item K entries and the number of its row. */
    public static final int TABLE_BYTES = 64 << 20;

    /** The longest id in UTF-8. */
    public static final int MAX_ID_BYTES = 1_024;

    /** The number of codes of weights, 0 included. */
    public static final int CODES = 256;

    private static final int MAGIC = 0x464E4231; // FNB1
    private static final int HEADER_BYTES = 4 + 4 + 4 + 8 + 4;
    private static final int CHECKSUM_BYTES = 8;
    private static final int ENTRY_BYTES = 4;
    private static final int CODE_BITS = 8;
    private static final int STEPS_PER_OCTAVE = 16;
    private static final int TWO_BYTES = 0x80;

    private final byte[] content;
    private final ByteBuffer bytes;
    private final int items;
    private final int width;
    private final double greatest;
    private final int table;

    private NeighboursFile(byte[] content, int items, int width, double greatest, int table) {
        this.content = content;
        this.bytes = ByteBuffer.wrap(content);
        this.items = items;
        this.width = width;
        this.greatest = greatest;
        this.table = table;
    }

    /**
     * The neighbours of an item.
     *
     * @param neighbours in any order, each once, none the item itself
     * @param weights parallel to {@code neighbours}, finite, &gt; 0
     */
    public record Row(String itemId, List<String> neighbours, List<Double> weights) {
        public Row {
            neighbours = List.copyOf(neighbours);
            weights = List.copyOf(weights);
            if (neighbours.size() != weights.size()) {
                throw new IllegalArgumentException("Each neighbour of an item has one weight");
            }
            for (double weight : weights) {
                if (!(weight > 0) || Double.isInfinite(weight)) {
                    throw new IllegalArgumentException(weight + " is no weight of a neighbour");
                }
            }
            if (neighbours.contains(itemId)) {
                throw new IllegalArgumentException(itemId + " is a neighbour of itself");
            }
        }
    }

    /** Returns K for a number of items: the most neighbours of each that are kept. */
    public static int most(int items) {
        int room = TABLE_BYTES / ENTRY_BYTES / Math.max(1, items) - 1;
        return Math.max(1, Math.min(MAX_NEIGHBOURS, room));
    }

    /** Returns the code of a weight, from 1 to 255. */
    public static int code(double weight, double greatest) {
        double octaves = StrictMath.log(weight / greatest) / StrictMath.log(2);
        long code = Math.round(CODES - 1 + STEPS_PER_OCTAVE * octaves);
        return (int) Math.max(1, Math.min(CODES - 1, code));
    }

    /** Returns the weight of a code; 0 for the code 0. */
    public static double weight(int code, double greatest) {
        return code == 0
                ? 0
                : greatest * StrictMath.pow(2, (code - (CODES - 1)) / (double) STEPS_PER_OCTAVE);
    }

    /**
     * Encodes rows. Equal rows in any order have equal bytes. Of more than {@link #most} neighbours
     * those of the greatest weights are kept, the lower id first where weights are equal.
     *
     * @param rows of distinct items
     * @throws IllegalArgumentException if there are more than {@value #MAX_ITEMS} items, or an id
     *     is longer than {@value #MAX_ID_BYTES} bytes
     */
    public static byte[] encode(Collection<Row> rows) {
        TreeSet<String> ids = new TreeSet<>();
        double greatest = 0;
        for (Row row : rows) {
            ids.add(row.itemId());
            ids.addAll(row.neighbours());
            for (double weight : row.weights()) {
                greatest = Math.max(greatest, weight);
            }
        }
        if (ids.size() > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "A file has at most " + MAX_ITEMS + " items, not " + ids.size());
        }
        Map<String, Integer> numbers = new HashMap<>(2 * ids.size());
        int idBytes = 0;
        for (String id : ids) {
            int length = id.getBytes(StandardCharsets.UTF_8).length;
            if (length == 0 || length > MAX_ID_BYTES) {
                throw new IllegalArgumentException("The id of an item has " + length + " bytes");
            }
            idBytes += length + (length < TWO_BYTES ? 1 : 2);
            numbers.put(id, numbers.size());
        }
        int width = most(ids.size());
        int table = HEADER_BYTES + idBytes;
        ByteBuffer out =
                ByteBuffer.allocate(table + ids.size() * width * ENTRY_BYTES + CHECKSUM_BYTES);
        out.putInt(MAGIC).putInt(ids.size()).putInt(width).putDouble(greatest).putInt(idBytes);
        for (String id : ids) {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            if (text.length < TWO_BYTES) {
                out.put((byte) text.length);
            } else {
                out.putShort((short) (text.length | TWO_BYTES << CODE_BITS));
            }
            out.put(text);
        }
        boolean[] written = new boolean[ids.size()];
        for (Row row : rows) {
            int number = Objects.requireNonNull(numbers.get(row.itemId()));
            if (written[number]) {
                throw new IllegalArgumentException(row.itemId() + " has two rows");
            }
            written[number] = true;
            int[] entries = entries(row, numbers, greatest, width);
            for (int at = 0; at < entries.length; at++) {
                out.putInt(table + (number * width + at) * ENTRY_BYTES, entries[at]);
            }
        }
        int end = out.capacity() - CHECKSUM_BYTES;
        out.putLong(end, checksum(out.array(), end));
        return out.array();
    }

    private static int[] entries(
            Row row, Map<String, Integer> numbers, double greatest, int width) {
        List<Integer> order = new ArrayList<>();
        for (int at = 0; at < row.neighbours().size(); at++) {
            order.add(at);
        }
        order.sort(
                (a, b) -> {
                    int byWeight = Double.compare(row.weights().get(b), row.weights().get(a));
                    return byWeight != 0
                            ? byWeight
                            : row.neighbours().get(a).compareTo(row.neighbours().get(b));
                });
        int[] entries = new int[Math.min(width, order.size())];
        for (int rank = 0; rank < entries.length; rank++) {
            int at = order.get(rank);
            entries[rank] =
                    Objects.requireNonNull(numbers.get(row.neighbours().get(at))) << CODE_BITS
                            | code(row.weights().get(at), greatest);
        }
        return entries;
    }

    /**
     * Opens a file, without copying it, after checking every part.
     *
     * @param bytes not to be changed afterwards
     * @throws IllegalArgumentException with a sentence about what is damaged
     */
    public static NeighboursFile open(byte[] bytes) {
        check(bytes.length >= HEADER_BYTES + CHECKSUM_BYTES, "it is shorter than its header");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        check(in.getInt() == MAGIC, "it does not begin as neighbours-v1 does");
        int end = bytes.length - CHECKSUM_BYTES;
        check(in.getLong(end) == checksum(bytes, end), "its checksum is another");
        int items = in.getInt();
        int width = in.getInt();
        double greatest = in.getDouble();
        int idBytes = in.getInt();
        check(items >= 0 && items <= MAX_ITEMS, "it has too many items");
        check(width == most(items), "K does not fit the number of items");
        check(greatest >= 0 && greatest < Double.POSITIVE_INFINITY, "a weight is no number");
        long length = (long) HEADER_BYTES + idBytes + (long) items * width * ENTRY_BYTES;
        check(idBytes >= 0 && length == end, "its length is another");
        NeighboursFile file =
                new NeighboursFile(bytes, items, width, greatest, HEADER_BYTES + idBytes);
        file.checkIds();
        for (int item = 0; item < items; item++) {
            file.checkRow(item);
        }
        return file;
    }

    private void checkIds() {
        String[] last = new String[1];
        int end =
                readIds(
                        (id, number) -> {
                            check(
                                    last[0] == null || last[0].compareTo(id) < 0,
                                    "its ids are not in order");
                            last[0] = id;
                        });
        check(end == table, "its ids end elsewhere");
    }

    private void checkRow(int item) {
        int before = CODES - 1;
        for (int at = 0; at < width; at++) {
            int code = code(item, at);
            check(code <= before, "neighbours are not in order");
            check(code > 0 || neighbour(item, at) == 0, "a neighbour has no weight");
            check(
                    code == 0 || (neighbour(item, at) < items && neighbour(item, at) != item),
                    "a neighbour is no other item");
            before = code;
        }
    }

    /** Returns the number of items. */
    public int items() {
        return items;
    }

    /** Returns K. */
    public int width() {
        return width;
    }

    /** Returns the greatest weight, which codes are relative to. */
    public double greatest() {
        return greatest;
    }

    /** Passes each id with its number, from 0, in ascending order. */
    public void forEachId(ObjIntConsumer<String> each) {
        readIds(each);
    }

    private int readIds(ObjIntConsumer<String> each) {
        int at = HEADER_BYTES;
        for (int number = 0; number < items; number++) {
            check(at + 1 < table, "its ids end early");
            int length = bytes.get(at++) & 0xFF;
            if (length >= TWO_BYTES) {
                length = (length & ~TWO_BYTES) << CODE_BITS | (bytes.get(at++) & 0xFF);
            }
            check(length > 0 && length <= table - at, "its ids end early");
            each.accept(new String(content, at, length, StandardCharsets.UTF_8), number);
            at += length;
        }
        return at;
    }

    /** Returns the number of an item's neighbour by its rank, from 0 to K − 1. */
    public int neighbour(int item, int rank) {
        return entry(item, rank) >>> CODE_BITS;
    }

    /** Returns the code of the weight of a neighbour by its rank; 0 where there is none. */
    public int code(int item, int rank) {
        return entry(item, rank) & (CODES - 1);
    }

    private int entry(int item, int rank) {
        return bytes.getInt(table + (item * width + rank) * ENTRY_BYTES);
    }

    /** Returns all ids, in ascending order. */
    public List<String> ids() {
        String[] ids = new String[items];
        readIds((id, number) -> ids[number] = id);
        return List.copyOf(Arrays.asList(ids));
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    private static void check(boolean holds, String why) {
        if (!holds) {
            throw new IllegalArgumentException("The file of neighbours is damaged: " + why + ".");
        }
    }
}
