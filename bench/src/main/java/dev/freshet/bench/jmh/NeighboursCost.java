package dev.freshet.bench.jmh;

import dev.freshet.bench.input.ProcessorTime;
import dev.freshet.bench.jmh.SceneState.Scene;
import dev.freshet.candidate.RequestContext;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.recommend.OfflineLists;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What the neighbours of a long memory cost a process that answers requests: the memory of their
 * table, and the processor time that they add to a recommendation. Requests with and without the
 * table take turns over one model, each pair for another user.
 *
 * <p>The catalogue is generated, and every item has as many neighbours as a file keeps, of its
 * neighbourhood in the {@link World}. The model learns the second half of the interactions with the
 * table, so that the blend gives weight to what it says, and its neighbours are candidates.
 */
public final class NeighboursCost {
    private static final long SEED = 1;
    private static final int USERS = 4_000;
    private static final int INTERACTIONS_PER_USER = 20;

    private final byte[] file;
    private final Model model;
    private final List<History> histories;
    private final Instant now;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /**
     * What a table costs.
     *
     * @param bytes of the heap that the table takes
     * @param pairs times of recommendations without the table and with it
     */
    public record Cost(long bytes, ProcessorTime.Pairs pairs) {}

    /**
     * Creates a catalogue with its neighbours, and a model of it.
     *
     * @param items size of the catalogue, a multiple of 100
     * @param interactions that the model learns
     */
    public NeighboursCost(int items, int interactions) {
        World world =
                World.generated(items, interactions / INTERACTIONS_PER_USER, interactions, SEED);
        file = NeighboursFile.encode(new Rows(items));
        ModelDraft catalogue = Model.EMPTY.draft();
        for (int item = 0; item < items; item++) {
            Item bare =
                    Item.of(
                            Behaviour.name(item),
                            1,
                            Item.Content.of("article", "", List.of())
                                    .published(null, Behaviour.START));
            catalogue.apply(new Example.ItemChanged(bare, Map.of(), Behaviour.START));
        }
        Behaviour behaviour = new Behaviour(world);
        model = learn(catalogue.seal(), behaviour, world.interactions());
        histories = List.copyOf(behaviour.histories(world.interactions(), USERS).values());
        now = Behaviour.START.plusSeconds(world.interactions() + 60L);
    }

    private Model learn(Model catalogue, Behaviour behaviour, int interactions) {
        LongMemory.Loader loader = (named, items, present) -> LongMemory.read(named, file, items);
        Model learned = catalogue;
        boolean named = false;
        int batch = Math.min(Scene.BATCH, interactions / 2);
        for (int from = 0; from < interactions; from += batch) {
            ModelDraft draft = learned.draft(loader);
            if (!named && from >= interactions / 2) {
                named = true;
                draft.apply(name());
            }
            int to = Math.min(interactions, from + batch);
            behaviour.examples(from, to).forEach(draft::apply);
            learned = draft.seal();
        }
        return learned;
    }

    private Example.Neighbours name() {
        return new Example.Neighbours(
                "neighbours", "0".repeat(64), file.length, "bench", Behaviour.START);
    }

    /** The neighbours of all items, each row made when it is asked for. */
    private static final class Rows extends AbstractList<NeighboursFile.Row> {
        private final String[] names;
        private final List<Double> weights;

        Rows(int items) {
            names = IntStream.range(0, items).mapToObj(Behaviour::name).toArray(String[]::new);
            weights =
                    IntStream.range(0, NeighboursFile.most(items))
                            .mapToObj(rank -> 1.0 / (1 + rank))
                            .toList();
        }

        @Override
        public NeighboursFile.Row get(int item) {
            int first = item - item % World.NEIGHBOURHOOD;
            List<String> neighbours =
                    IntStream.rangeClosed(1, weights.size())
                            .mapToObj(apart -> names[first + (item + apart) % World.NEIGHBOURHOOD])
                            .toList();
            return new NeighboursFile.Row(names[item], neighbours, weights);
        }

        @Override
        public int size() {
            return names.length;
        }
    }

    /** Returns the bytes of the file of neighbours. */
    public int fileBytes() {
        return file.length;
    }

    /**
     * Measures recommendations.
     *
     * @param pairs of requests, of which the second half is reported
     */
    public Cost measure(int pairs) {
        MemoryNames.Named named = model.memories().latest().orElseThrow();
        long before = Sizes.used();
        Model remembering = model.withMemory(LongMemory.read(named, file, model.items()));
        long bytes = Sizes.used() - before;
        Model plain = model.withMemory(LongMemory.NONE);
        return new Cost(
                bytes,
                ProcessorTime.Pairs.of(
                        pairs,
                        pair -> recommend(plain, pair),
                        pair -> recommend(remembering, pair)));
    }

    private void recommend(Model of, int pair) {
        RecommendationQuery query = RecommendBenchmark.query(0);
        RequestContext request =
                RequestContext.of(
                        query,
                        RequestContext.NO_ITEM,
                        UserProfile.absent("user"),
                        histories.get(pair % histories.size()),
                        of,
                        now);
        int places = OfflineLists.list(request, new StackingStrategy(), query, random).size();
        if (places != query.count()) {
            throw new IllegalStateException("a list of " + places + " items");
        }
    }
}
