package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.TraceReader.Ties;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams of one kind of site, each as seen by a stack that begins with it.
 *
 * @param name name of the data set or generated site
 * @param beginnings streams of at most {@link #EVENTS} events
 */
record SiteBeginnings(String name, List<Trace> beginnings) {
    /** The number of events of a beginning. */
    static final int EVENTS = DatasetReader.GENERATED_EVENTS;

    /** Most streams of a generated site, of whose texts embeddings are computed. */
    private static final int MAX_GENERATED = 3;

    /** Returns a stream that begins at several places of it, spread evenly. */
    static SiteBeginnings of(String name, Trace trace, int beginnings) {
        List<Trace> parts = new ArrayList<>();
        int room = Math.max(0, trace.steps().size() - EVENTS);
        for (int at = 0; at < beginnings; at++) {
            parts.add(trace.part((int) ((long) room * at / Math.max(1, beginnings - 1)), EVENTS));
        }
        return new SiteBeginnings(name, parts);
    }

    /**
     * Returns the sites that starting weights are learned from: two data sets, and the demo's two
     * sites.
     *
     * @param beginnings number of streams of each site
     * @param seed of the order of events without an order, and of the first generated site
     */
    static List<SiteBeginnings> all(DatasetReader reader, int beginnings, long seed)
            throws IOException {
        List<SiteBeginnings> sites = new ArrayList<>();
        for (Dataset dataset : List.of(Dataset.DESKDROP, Dataset.ML_100K)) {
            String name = dataset.wireName();
            Trace trace = reader.read(reader.source(dataset, name), new Ties.Shuffled(seed));
            sites.add(of(name, trace, beginnings));
        }
        for (Dataset dataset : List.of(Dataset.NEWSPAPER, Dataset.SHOP)) {
            List<Trace> traces = new ArrayList<>();
            for (int at = 0; at < Math.min(MAX_GENERATED, beginnings); at++) {
                traces.add(reader.generated(dataset, seed + at));
            }
            sites.add(new SiteBeginnings(dataset.wireName(), traces));
        }
        return sites;
    }
}
