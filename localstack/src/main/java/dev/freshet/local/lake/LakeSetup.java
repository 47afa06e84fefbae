package dev.freshet.local.lake;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.catalog.Catalog;
import dev.freshet.lake.LakeRow;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.lake.BatchDelivery.Transformer;
import dev.freshet.local.mapping.Checkpoints;
import dev.freshet.local.mapping.StreamSource;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.FunctionDefinition;
import dev.freshet.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The lake of a local cloud: its function, where the template has none, and its delivery.
 *
 * @param folder the folder of the lake
 * @param stream the name of the stream of events
 * @param repeating whether each fourth batch is delivered twice
 */
public record LakeSetup(
        Path folder,
        String stream,
        boolean repeating,
        InstantSource clock,
        Supplier<String> ids,
        Consumer<String> messages) {
    /** The folder of the lake in the state folder of a local cloud. */
    public static final String FOLDER = "lake";

    /**
     * The bucket of how far settling has come, which the states of erasures are derived from, and
     * of the answers of queries: under the name that the bucket of a stack's lake has here.
     */
    static final String BUCKET = "freshet-lakebucket";

    private static final String FUNCTION = "lake";

    /** Functions that read objects of the lake's bucket: erasures, and answers of queries. */
    private static final Set<String> READERS = Set.of("privacy", "recommend");

    private static final int REPEATED = 4;

    /** The age at which the items are read from the catalogue again. */
    private static final Duration ITEMS_AGE = Duration.ofMinutes(1);

    /**
     * Returns the resources with the function of the lake, if the settings ask for a lake and the
     * template has none: that of {@code features} with another handler. The function of privacy
     * then finds the bucket of a lake.
     */
    public static Cloud added(Cloud cloud, StackSettings settings) {
        if (!settings.get(StackOptions.LAKE) || function(cloud).isPresent()) {
            return cloud;
        }
        FunctionDefinition features =
                named(cloud, "features")
                        .orElseThrow(
                                () ->
                                        new LocalCloudException(
                                                "The template has no function that reads events,"
                                                        + " so that it can have no lake."));
        return cloud.with(
                        new FunctionDefinition(
                                FUNCTION,
                                "dev.freshet.functions.LakeHandler",
                                Duration.ofMinutes(5),
                                features.memoryMegabytes(),
                                OptionalInt.empty(),
                                false,
                                features.environment()))
                .with(BUCKET)
                .withEach(
                        each ->
                                READERS.contains(each.name())
                                        ? each.with(Setting.LAKE_BUCKET.variable(), BUCKET)
                                        : each);
    }

    /** Returns the function of the lake, if there is one. */
    public static Optional<FunctionDefinition> function(Cloud cloud) {
        return named(cloud, FUNCTION);
    }

    private static Optional<FunctionDefinition> named(Cloud cloud, String name) {
        return cloud.functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst();
    }

    /** Creates the delivery, which is not started yet. */
    public LocalDelivery delivery(
            StreamSource source, Transformer function, Checkpoints checkpoints, Catalog catalog) {
        LocalLake lake = new LocalLake(folder);
        AtomicInteger batches = new AtomicInteger();
        return new LocalDelivery(
                source,
                checkpoints,
                new BatchDelivery(
                        lake,
                        function,
                        stream,
                        () -> repeating && batches.incrementAndGet() % REPEATED == 0,
                        clock,
                        ids,
                        messages),
                new Items(lake, catalog),
                clock,
                messages);
    }

    /** Replaces the items of the lake by those of the catalogue, at most once a minute. */
    private final class Items implements Runnable {
        private final LocalLake lake;
        private final Catalog catalog;
        private Instant next = Instant.MIN;

        private Items(LocalLake lake, Catalog catalog) {
            this.lake = lake;
            this.catalog = catalog;
        }

        @Override
        public void run() {
            if (clock.instant().isBefore(next)) {
                return;
            }
            List<byte[]> lines = new ArrayList<>();
            Instant now = clock.instant();
            try {
                catalog.scan(item -> lines.add(LakeRow.of(item, now).line()));
            } catch (StoreUnavailableException unanswered) {
                messages.accept(
                        "The items of the lake stay as they are: " + unanswered.getMessage());
                return;
            }
            lake.replaceItems(lines);
            next = now.plus(ITEMS_AGE);
        }
    }
}
