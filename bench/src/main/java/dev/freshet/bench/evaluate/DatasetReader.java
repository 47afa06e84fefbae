package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.catalog.Item;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.demo.DemoWorld;
import dev.freshet.embedding.MiniLmEmbedder;
import dev.freshet.event.EventTypes;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.itemflow.ItemEmbedding;
import dev.freshet.profile.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and generates the streams of data sets.
 *
 * @param data folder of the data set, or its parent; for CSV the file
 * @param embedder embedder of the texts of items, {@code minilm} or {@code none}
 * @param types the types of events, with those of an owner
 */
record DatasetReader(
        @Nullable Path data,
        String embedder,
        EventTypes types,
        Output output,
        InstantSource clock) {
    private static final Duration EMBEDDING_LIMIT = Duration.ofHours(1);
    private static final Instant GENERATED_FROM = Instant.parse("2026-05-01T12:00:00Z");
    private static final int GENERATED_USERS = 400;

    /** Number of events of a generated site. */
    static final int GENERATED_EVENTS = 5_000;

    /**
     * A file of events with its catalogue.
     *
     * @param name name in the report
     * @param catalogue the data set's own records of items; empty if it has none
     * @param profiles profiles of people by user id; empty if nothing is known of them
     */
    record Source(
            String name,
            Path file,
            TraceFormat format,
            List<Item> catalogue,
            Map<String, UserProfile> profiles) {}

    /**
     * Returns the file of a data set.
     *
     * @param name name of the data set, or the path of a CSV file
     * @throws CommandException if a file is missing, or columns of it
     */
    Source source(Dataset dataset, String name) throws IOException {
        Path events =
                switch (dataset) {
                    case DESKDROP -> dataset.file(data, "users_interactions.csv");
                    case ML_100K -> dataset.file(data, "ml-100k.inter");
                    default -> Dataset.csv(name, data);
                };
        TraceFormat format = TraceFormat.ofFile(events);
        if (dataset == Dataset.ML_100K) {
            return new Source(
                    dataset.wireName(),
                    events,
                    format,
                    embedded(Movielens.films(dataset.file(data, "ml-100k.item"))),
                    Movielens.users(dataset.file(data, "ml-100k.user")));
        }
        return new Source(format.name(), events, format, List.of(), Map.of());
    }

    /**
     * Reads a file, and writes a note for each recorded unusable line.
     *
     * @throws CommandException if no line is usable
     */
    Trace read(Source source, Ties ties) throws IOException {
        Trace trace = silently(source, ties);
        for (Trace.BadLine line : trace.unread()) {
            output.note("Line " + line.number() + " ignored: " + line.why());
        }
        int more = trace.unreadLines() - trace.unread().size();
        if (more > 0) {
            output.note("… and %,d more.".formatted(more));
        }
        if (trace.steps().isEmpty()) {
            throw new CommandException("No line of " + source.file + " could be read.");
        }
        return trace;
    }

    /** Reads a file without notes. */
    Trace silently(Source source, Ties ties) throws IOException {
        return new TraceReader(source.format, clock.instant(), ties, types)
                .read(Files.readAllLines(source.file), source.catalogue, source.profiles);
    }

    /** Returns the first {@link #GENERATED_EVENTS} events of a generated site. */
    Trace generated(Dataset dataset, long seed) throws IOException {
        GeneratedSite site =
                DemoWorld.valueOf(dataset.name()).site(seed, GENERATED_USERS, GENERATED_FROM);
        List<Item> items = site.items().stream().map(GeneratedItem::item).toList();
        return GeneratedTrace.of(site, embedded(items), seed, GENERATED_EVENTS);
    }

    /**
     * Returns the items with embeddings, as in the catalogue's function, which are computed once
     * and cached in {@code target}.
     */
    private List<Item> embedded(List<Item> items) throws IOException {
        if (embedder.equals("none")) {
            return items;
        }
        if (!embedder.equals("minilm")) {
            throw new CommandException("--embedder must be minilm or none.");
        }
        Path folder = Path.of(System.getProperty("freshet.home", "."), "target", "embeddings");
        RememberingEmbedder model = new RememberingEmbedder(new MiniLmEmbedder(), folder);
        List<Item> embedded = new ArrayList<>(items.size());
        try (Progress progress = output.progress("Items embedded", items.size())) {
            ItemEmbedding.Batch batch = ItemEmbedding.using(model, EMBEDDING_LIMIT, clock).batch();
            for (Item item : items) {
                embedded.add(
                        batch.embedded(item)
                                .orElseThrow(
                                        () ->
                                                new CommandException(
                                                        "MiniLM does not run on this machine. Use"
                                                                + " --embedder none.")));
                progress.at(embedded.size());
            }
        }
        return embedded;
    }
}
