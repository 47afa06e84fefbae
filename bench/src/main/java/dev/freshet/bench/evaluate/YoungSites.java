package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.catalog.Item;
import dev.freshet.cli.Output;
import dev.freshet.demo.DemoWorld;
import dev.freshet.event.EventTypes;
import dev.freshet.generator.GeneratedItem;
import dev.freshet.generator.GeneratedSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sites that starting weights are learned from: two data sets, and the demo's two sites. */
final class YoungSites {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    private static final int USERS = 400;

    /** Most streams of a generated site, of whose texts embeddings are computed. */
    private static final int MAX_GENERATED = 3;

    private YoungSites() {}

    /**
     * Returns all sites.
     *
     * @param data folder that holds the folders of the data sets
     * @param beginnings number of streams of each site
     * @param embedder embedder of the texts of items, minilm or none
     * @param seed of the order of events without an order, and of the first generated site
     */
    static List<SiteBeginnings> all(
            Path data,
            int beginnings,
            String embedder,
            long seed,
            Output output,
            InstantSource clock)
            throws IOException {
        List<SiteBeginnings> sites = new ArrayList<>();
        for (Dataset dataset : List.of(Dataset.DESKDROP, Dataset.ML_100K)) {
            TraceFile file =
                    dataset == Dataset.DESKDROP
                            ? TraceFile.of(
                                    dataset.file(data, "users_interactions.csv"),
                                    TraceFormat.DESKDROP)
                            : TraceFile.ofHeader(dataset.file(data, "ml-100k.inter"))
                                    .with(
                                            EmbeddedCatalogue.of(
                                                    MovielensCatalogue.read(
                                                            dataset.file(data, "ml-100k.item")),
                                                    embedder,
                                                    output,
                                                    clock),
                                            Map.of());
            Trace trace =
                    file.read(
                            clock.instant(),
                            new Ties.Shuffled(seed),
                            EventTypes.BUILT_IN,
                            output::note);
            sites.add(SiteBeginnings.of(dataset.wireName(), trace, beginnings));
        }
        for (Dataset dataset : List.of(Dataset.NEWSPAPER, Dataset.SHOP)) {
            List<Trace> traces = new ArrayList<>();
            for (int at = 0; at < Math.min(MAX_GENERATED, beginnings); at++) {
                traces.add(generated(dataset, seed + at, embedder, output, clock));
            }
            sites.add(new SiteBeginnings(dataset.wireName(), traces));
        }
        return sites;
    }

    /** Returns the first {@link SiteBeginnings#EVENTS} events of a generated site. */
    static Trace generated(
            Dataset dataset, long seed, String embedder, Output output, InstantSource clock)
            throws IOException {
        DemoWorld world = DemoWorld.valueOf(dataset.name());
        GeneratedSite site = world.site(seed, USERS, START);
        List<Item> items = site.items().stream().map(GeneratedItem::item).toList();
        return GeneratedTrace.of(
                site,
                EmbeddedCatalogue.of(items, embedder, output, clock),
                seed,
                SiteBeginnings.EVENTS);
    }
}
