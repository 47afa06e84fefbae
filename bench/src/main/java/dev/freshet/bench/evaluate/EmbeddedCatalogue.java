package dev.freshet.bench.evaluate;

import dev.freshet.catalog.Item;
import dev.freshet.catalog.flow.ItemEmbedding;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.embedding.MiniLmEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Computation of the text embeddings of a data set's items, as in the catalogue's function. */
final class EmbeddedCatalogue {
    private static final Duration TIME_LIMIT = Duration.ofHours(1);

    private EmbeddedCatalogue() {}

    /**
     * Returns the items with embeddings, which are computed once and cached in {@code target}.
     *
     * @param embedder minilm or none
     */
    static List<Item> of(List<Item> items, String embedder, Output output, InstantSource clock)
            throws IOException {
        if (embedder.equals("none")) {
            return items;
        }
        if (!embedder.equals("minilm")) {
            throw new CommandException("--embedder must be minilm or none.");
        }
        Path folder = Path.of(System.getProperty("freshet.home", "."), "target", "embeddings");
        List<Item> embedded = new ArrayList<>(items.size());
        try (RememberingEmbedder model = new RememberingEmbedder(new MiniLmEmbedder(), folder);
                Progress progress = output.progress("Items embedded", items.size())) {
            ItemEmbedding.Batch batch = ItemEmbedding.using(model, TIME_LIMIT, clock).batch();
            for (Item item : items) {
                embedded.add(batch.embedded(item).orElseThrow(EmbeddedCatalogue::refusal));
                progress.at(embedded.size());
            }
        }
        return embedded;
    }

    private static CommandException refusal() {
        return new CommandException("MiniLM does not run on this machine. Use --embedder none.");
    }
}
