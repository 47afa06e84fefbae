package dev.freshet.bench.evaluate;

import dev.freshet.access.Signer;
import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.candidate.RequestContext;
import dev.freshet.catalog.Item;
import dev.freshet.event.UserIdentity;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.Pseudonym;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.History;
import dev.freshet.features.StoredInteraction;
import dev.freshet.functions.runtime.TermAnalysis;
import dev.freshet.itemflow.CatalogFlow.ItemAnalysis;
import dev.freshet.model.Model;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.rating.Ratings;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.Filter;
import dev.freshet.query.ListRules;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.query.RecommendationQuery.Paging;
import dev.freshet.query.RecommendationQuery.Repeats;
import dev.freshet.recommend.Hydrator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The production flow without stores: rows become examples by {@link ExampleFactory}, examples a
 * model by {@link Trainer}, rows and model a {@link RequestContext}. Keeps the latest {@value
 * Hydrator#MAX_ROWS} rows of each user, as many as a request would read. Used by one thread.
 */
final class TraceReplay {
    private static final int UNKNOWN = -1;
    private static final Instant AFTER_THE_TRACE = Instant.parse("2060-01-01T00:00:00Z");
    private static final Signer SIGNER =
            new Signer("offline evaluation".getBytes(StandardCharsets.UTF_8));

    private final ExampleFactory factory;
    private final @Nullable CatalogueReplay catalogue;
    private final Map<String, Pseudonym> pseudonyms = new HashMap<>();
    private final List<Deque<StoredInteraction>> rows = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int[] numberOf = new int[1024];
    private int numbered;
    private final Map<String, UserProfile> profiles;
    private final AttributeRules rules;
    private final @Nullable NeighboursReplay neighbours;
    private Model model;

    /**
     * Creates a replay before its first event. In an open stack the data set's records are put at
     * once; {@link #AFTER_THE_TRACE} makes each as old as its first interaction.
     *
     * @param records the data set's own catalogue, empty if it has none
     * @param profiles profiles of people by user id
     */
    TraceReplay(ReplaySettings settings, List<Item> records, Map<String, UserProfile> profiles) {
        this.profiles = profiles;
        rules = settings.attributes();
        Pseudonyms names = new Pseudonyms(SIGNER);
        factory =
                new ExampleFactory(
                        user -> pseudonyms.computeIfAbsent(user, names::of), id -> 0, rules);
        neighbours = settings.jobs() > 0 ? new NeighboursReplay(settings.jobs()) : null;
        model = Model.empty(settings.model(), LearnedState.startingFrom(settings.start()));
        catalogue = settings.isOpen() ? null : new CatalogueReplay(records, settings.putAfter());
        if (settings.isOpen()) {
            put(CatalogueReplay.all(records, AFTER_THE_TRACE));
        }
    }

    Model model() {
        return model;
    }

    /** Changes the settings for reading baskets, without learning again. */
    void read(BasketSettings how) {
        model = model.withBaskets(how);
    }

    /**
     * Puts the items that are due when a step happens, so that a request at its time knows them.
     * {@link #learn} does so by itself.
     */
    void reach(Step step) {
        if (catalogue != null) {
            put(catalogue.due(step));
        }
    }

    private void put(List<Example> puts) {
        if (!puts.isEmpty()) {
            model = Trainer.train(model, puts).model().following(model);
        }
    }

    /** Learns the steps as one batch, which is one version of the model. */
    void learn(List<Step> batch) {
        List<Example> examples = new ArrayList<>(batch.size());
        for (Step step : batch) {
            if (catalogue != null) {
                examples.addAll(catalogue.due(step));
            }
            examples.add(example(step));
            observe(step);
            numbers.putIfAbsent(step.row().target().id(), step.interaction().item());
        }
        model = Trainer.train(model, examples).model().following(model);
        if (neighbours != null) {
            model = neighbours.learned(batch, model);
        }
    }

    /** Has a last job count neighbours, where there are jobs. */
    void startTest() {
        if (neighbours != null) {
            model = neighbours.counted(model);
        }
    }

    /** Returns what the model learns of a step. */
    Example.Interaction example(Step step) {
        return factory.interaction(
                step.row(), Standing.ofCohorts(factory.cohorts(profile(step.row().userId()))));
    }

    /** Adds a row to its user's history; the model learns nothing. */
    void observe(Step step) {
        Deque<StoredInteraction> own = rowsOf(step.interaction().person());
        own.addFirst(step.row());
        if (own.size() > Hydrator.MAX_ROWS) {
            own.removeLast();
        }
    }

    /**
     * Returns the context of a request by the person of a step at its time, with all interactions
     * learned so far as history.
     *
     * @param repeats whether items with which the person has interacted are recommended again
     */
    RequestContext request(Step step, int places, boolean repeats) {
        String userId = step.row().userId();
        RecommendationQuery query =
                new RecommendationQuery(
                        UserIdentity.user(userId),
                        List.of(),
                        null,
                        step.row().context(),
                        "evaluate",
                        null,
                        places,
                        Filter.EVERYTHING,
                        List.of(),
                        0,
                        repeats ? Repeats.ALWAYS : Repeats.NEVER,
                        true,
                        Paging.WHOLE,
                        ListRules.NONE,
                        true);
        return RequestContext.of(
                query,
                List.of(),
                RequestContext.NO_ITEM,
                profile(userId),
                rules,
                History.of(List.copyOf(rowsOf(step.interaction().person()))),
                model,
                step.interaction().at());
    }

    /** Returns the ratings of this person so far, as a request would read them. */
    Ratings.RatedItems rated(int person) {
        return Ratings.RatedItems.of(model.items(), History.of(List.copyOf(rowsOf(person))));
    }

    /**
     * Returns the protocol's number of the model's item, or a negative number if it has no event
     * yet.
     */
    int number(int modelItem) {
        if (modelItem >= numberOf.length) {
            numberOf = Arrays.copyOf(numberOf, 2 * modelItem);
        }
        for (; numbered <= modelItem; numbered++) {
            numberOf[numbered] = UNKNOWN;
        }
        if (numberOf[modelItem] == UNKNOWN) {
            numberOf[modelItem] = numbers.getOrDefault(model.items().id(modelItem), UNKNOWN);
        }
        return numberOf[modelItem];
    }

    private UserProfile profile(String userId) {
        return profiles.getOrDefault(userId, UserProfile.absent(userId));
    }

    private Deque<StoredInteraction> rowsOf(int person) {
        while (rows.size() <= person) {
            rows.add(new ArrayDeque<>(4));
        }
        return rows.get(person);
    }

    /**
     * The catalogue's part in a replay: it puts each item a fixed time after its first event. Data
     * sets do not say when an item was put. The record is the data set's, or a bare one with the id
     * alone. Used by one thread.
     */
    static final class CatalogueReplay {
        private final Map<String, Item> records = new HashMap<>();
        private final Duration putAfter;
        private final ItemAnalysis analysis = new TermAnalysis();
        private final Set<String> announced = new HashSet<>();
        private final Deque<Due> waiting = new ArrayDeque<>();

        private record Due(String itemId, Instant at) {}

        /**
         * Creates the catalogue before the first event.
         *
         * @param records the data set's own records; items without one get a bare record
         * @param putAfter time from an item's first event to its put
         */
        CatalogueReplay(List<Item> records, Duration putAfter) {
            records.forEach(item -> this.records.put(item.itemId(), item));
            this.putAfter = putAfter;
        }

        /**
         * Returns the puts that are due when a step happens. An item that is put with its first
         * event is put in front of it.
         *
         * @param step the next one in time order
         */
        List<Example> due(Step step) {
            String itemId = step.row().target().id();
            Instant now = step.row().correctedAt();
            if (announced.add(itemId)) {
                waiting.add(new Due(itemId, now.plus(putAfter)));
            }
            List<Example> puts = new ArrayList<>();
            while (!waiting.isEmpty() && !waiting.getFirst().at.isAfter(now)) {
                Due put = waiting.removeFirst();
                Item known = records.get(put.itemId);
                puts.add(
                        analysis.example(known == null ? Item.bare(put.itemId, 1) : known, put.at));
            }
            return puts;
        }

        /** Returns the puts of all of the data set's records at one moment. */
        static List<Example> all(List<Item> records, Instant at) {
            ItemAnalysis analysis = new TermAnalysis();
            List<Example> puts = new ArrayList<>(records.size());
            records.forEach(item -> puts.add(analysis.example(item, at)));
            return puts;
        }
    }
}
