package dev.freshet.lake;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the catalogue to objects below {@link #PREFIX}, one row of {@link LakeTable#ITEMS} a line,
 * from where one statement brings them into the table. A copy takes as many runs as its time
 * requires; each says after which item the next one begins. A run that is repeated writes the
 * objects again, and an item that is in two of them counts once.
 */
public record ItemsCopy(ObjectStore objects, Catalog catalog, InstantSource clock) {
    /** Where rows of the catalogue wait for their insertion. */
    public static final String PREFIX = "catalogue/";

    /** Items and tombstones of one read. */
    static final int PAGE = 500;

    /** The bytes of rows after which an object ends. */
    static final int OBJECT_BYTES = 8 << 20;

    /** The objects of an earlier copy that one listing returns. */
    private static final int LISTED = 1_000;

    /**
     * Where a copy is.
     *
     * @param part number of the next object, 0 at the beginning
     * @param after id of the last item that was copied; empty at the beginning, and at the end
     * @param items that this run copied, tombstones included
     */
    public record Progress(int part, String after, int items) {
        /** The beginning of a copy. */
        public static final Progress BEGINNING = new Progress(0, "", 0);
    }

    /**
     * Copies items until none is left or the time is up. The first run removes what an earlier copy
     * left.
     *
     * @param from where the run before ended
     * @param deadline no further object is begun from here on
     * @throws dev.freshet.store.StoreUnavailableException if a store did not answer; the run is to
     *     be repeated
     */
    public Progress run(Progress from, Instant deadline) {
        if (from.part() == 0) {
            removeEarlier();
        }
        Instant now = clock.instant();
        int part = from.part();
        int items = 0;
        @Nullable String after = from.after().isEmpty() ? null : from.after();
        do {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            do {
                Catalog.Page page = catalog.entries(after, PAGE);
                for (Item item : page.items()) {
                    lines.writeBytes(LakeRow.of(item, now).line());
                }
                items += page.items().size();
                after = page.last();
            } while (after != null && lines.size() < OBJECT_BYTES);
            objects.put("%s%06d.jsonl".formatted(PREFIX, part++), lines.toByteArray());
        } while (after != null && clock.instant().isBefore(deadline));
        return new Progress(part, after == null ? "" : after, items);
    }

    private void removeEarlier() {
        List<String> keys;
        do {
            keys = objects.keys(PREFIX, LISTED);
            keys.forEach(objects::remove);
        } while (keys.size() == LISTED);
    }
}
