package dev.freshet.local.lake;

import dev.freshet.catalog.Catalog;
import dev.freshet.lake.LakeRow;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Replaces the items of a lake by those of the catalogue, at most once a minute. */
public final class LakeItems implements Runnable {
    /** The age at which the items are read from the catalogue again. */
    private static final Duration AGE = Duration.ofMinutes(1);

    private final LocalLake lake;
    private final Catalog catalog;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private Instant next = Instant.MIN;

    public LakeItems(
            LocalLake lake, Catalog catalog, InstantSource clock, Consumer<String> messages) {
        this.lake = lake;
        this.catalog = catalog;
        this.clock = clock;
        this.messages = messages;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        List<byte[]> lines = new ArrayList<>();
        try {
            catalog.scan(item -> lines.add(LakeRow.of(item, now).line()));
        } catch (StoreUnavailableException unanswered) {
            messages.accept("The items of the lake stay as they are: " + unanswered.getMessage());
            return;
        }
        lake.replaceItems(lines);
        next = now.plus(AGE);
    }
}
