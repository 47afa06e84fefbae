package dev.freshet.demo;

import static dev.freshet.example.Example.DefinitionKind.EXPERIMENT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Signer;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventTypes;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.experiment.DefinitionRegistry;
import dev.freshet.experiment.ExperimentAnalysis;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.Results;
import dev.freshet.features.AttributionRules;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.FeatureFlow;
import dev.freshet.features.KeptProperties;
import dev.freshet.features.UserStores;
import dev.freshet.functions.runtime.TermAnalysis;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import dev.freshet.generator.Newspaper;
import dev.freshet.ingest.EventCollector;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.UserAgents;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.QueryReader;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.recommend.AllowedPlacements;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.Recommender.ReadParts;
import dev.freshet.recommend.ResponseAssembler;
import dev.freshet.recommend.ServedModel;
import dev.freshet.store.Lanes.OrderedLanes;
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The demo's newspaper on a stack in memory, in fast time: each session passes collector, feature
 * flow, trainer and recommender as it does when deployed. Equal seeds give equal runs.
 */
final class NewspaperSite {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    private static final Signer SIGNER =
            new Signer("secret of a test".getBytes(StandardCharsets.UTF_8)).derive(Signer.EXPOSURE);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Sessions between two batches of the trainer: half a second of the demo's traffic. */
    private static final int SESSIONS_A_BATCH = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GeneratedSite paper;
    private final RandomGenerator random;
    private final Pseudonyms pseudonyms = new Pseudonyms(SIGNER);
    private final MemoryEventLog events = new MemoryEventLog();
    private final MemoryExampleLog examples = new MemoryExampleLog();
    private final DefinitionRegistry registry;
    private final EventCollector collector;
    private final FeatureFlow features;
    private final Recommender recommender;
    private final MemoryUsers profiles;
    private final int active;
    private Instant now = START;
    private Model model = Model.EMPTY;
    private long version;
    private int processed;
    private int learned;
    private long sessions;

    /**
     * Creates a site whose catalogue is put.
     *
     * @param temperature of the draws of positions
     */
    NewspaperSite(long seed, int users, double temperature) {
        this(seed, users, users, temperature, AttributeRules.DEFAULT);
    }

    /**
     * Creates a site whose catalogue is put.
     *
     * @param active how many of the users have sessions: the first ones
     * @param temperature of the draws of positions
     * @param rules which attributes of users count
     */
    NewspaperSite(long seed, int users, int active, double temperature, AttributeRules rules) {
        this.active = active;
        random = new SplittableRandom(seed);
        paper = Newspaper.of(seed, users, START);
        MemoryInteractions interactions = new MemoryInteractions(() -> now);
        profiles = new MemoryUsers(() -> now);
        collector =
                new EventCollector(
                        new EventReader(
                                () -> SIGNER,
                                new UserAgents(),
                                new RateLimit(),
                                UnaryOperator.identity(),
                                EventTypes.BUILT_IN),
                        new EventCodec(),
                        events,
                        () -> now,
                        random,
                        pause -> {});
        features =
                new FeatureFlow(
                        new UserStores(interactions, new MemoryExposures(() -> now), profiles),
                        examples,
                        new MemoryQuarantine(),
                        new FeatureFlow.Rules(
                                new EventCodec()::decode,
                                Strengths.DEFAULTS::of,
                                new ExampleFactory(pseudonyms::of, id -> 0, rules),
                                () -> SIGNER,
                                AttributionRules.DEFAULT,
                                KeptProperties.NONE),
                        () -> now,
                        new OrderedLanes(1));
        recommender =
                new Recommender(
                        new ReadParts(
                                new Hydrator(
                                        interactions,
                                        profiles,
                                        new Hydrator.Budget(LONG, LONG),
                                        () -> now),
                                () -> new ServedModel(model, version, Duration.ZERO, List.of()),
                                new ResponseAssembler(() -> SIGNER, AllowedPlacements.ANY),
                                new StackingStrategy(),
                                new Temperatures((int) Math.round(100 * temperature), Map.of()),
                                FrequencyCap.DEFAULT,
                                rules,
                                () -> now,
                                () -> 0,
                                random));
        registry =
                new DefinitionRegistry(
                        new MemoryDefinitions(), examples, EventTypes.BUILT_IN, () -> now);
        TermAnalysis analysis = new TermAnalysis();
        learn(
                paper.items().stream()
                        .map(article -> (Example) analysis.example(article.item(), now))
                        .toList());
    }

    /** Learns examples as one batch. */
    private void learn(List<Example> batch) {
        Trainer.Step step = Trainer.train(model, batch);
        if (!step.isEmpty()) {
            model = step.model();
            version++;
        }
    }

    /** Puts the definition of an experiment, which holds from the next list on. */
    void put(ObjectNode definition) {
        String document = definition.toString();
        registry.put(
                ExperimentReader.read(
                        document.getBytes(StandardCharsets.UTF_8), EventTypes.BUILT_IN),
                document,
                "the test");
        learnAnnounced();
    }

    /** Returns the results of an experiment up to now. */
    Results results(String id) {
        learnAnnounced();
        return ExperimentAnalysis.of(
                registry.find(EXPERIMENT, id).orElseThrow().experiment(EventTypes.BUILT_IN),
                model.experimentSums(id));
    }

    /**
     * Lets users ask for this many lists and act on them.
     *
     * @return the true chances of a click, summed over all places
     */
    double sessions(int lists, Duration interval) {
        double clicks = 0;
        for (int list = 0; list < lists; list++) {
            clicks += session(interval);
        }
        learnAnnounced();
        return clicks;
    }

    /** States the professions of users who did not have one stated. */
    void stateProfessions(int from, int to) {
        for (SimulatedUser user : paper.users().subList(from, to)) {
            AttributeValue profession = AttributeValue.of(user.profession());
            UserProfile.Stated stated =
                    new UserProfile.Stated(Map.of("profession", profession), null);
            profiles.put(UserProfile.absent(user.userId()).with(stated));
        }
    }

    /** Returns the true chances of a click on the list that a user would get, without a session. */
    double expectedClicks(int user) {
        SimulatedUser asking = paper.users().get(user);
        return expectedClicks(
                asking, recommender.recommend(QueryReader.recommendation(body(asking), now)));
    }

    /** Returns the true chances of a click on the trending list that a user would get. */
    double expectedClicksOfTrending(int user) {
        SimulatedUser asking = paper.users().get(user);
        return expectedClicks(
                asking,
                recommender.recommend(
                        QueryReader.list(
                                NamedList.TRENDING,
                                Map.of("count", String.valueOf(Simulation.LIST_LENGTH)),
                                asking.country())));
    }

    /** Returns the true chances of a click, summed over the places of a list. */
    private double expectedClicks(SimulatedUser user, Recommendations answer) {
        double clicks = 0;
        for (RecommendedItem item : answer.items()) {
            GeneratedItem article = Objects.requireNonNull(paper.item(item.itemId()));
            clicks += paper.clickProbability(user, article, item.position() - 1, now);
        }
        return clicks;
    }

    /**
     * Lets a user ask for a list and act on it, and the model learn from that, at an interval after
     * the session before.
     *
     * @return the true chances of a click, summed over the places of the list
     */
    private double session(Duration later) {
        now = now.plus(later);
        SimulatedUser user = paper.users().get(random.nextInt(active));
        Recommendations answer = recommender.recommend(QueryReader.recommendation(body(user), now));
        ObjectNode json = JSON.createObjectNode().put("exposure", answer.exposure());
        ArrayNode items = json.putArray("items");
        answer.items().forEach(item -> items.addObject().put("itemId", item.itemId()));
        SimulatedSession played =
                SimulatedSession.play(
                        "s" + sessions++,
                        user,
                        json,
                        Simulation.PLACEMENT,
                        DemoWorld.NEWSPAPER,
                        paper,
                        now,
                        random);
        now = now.plusMillis(played.events().size());
        collect(played.events());
        return expectedClicks(user, answer);
    }

    private static String body(SimulatedUser user) {
        return Simulation.request(user, Simulation.LIST_LENGTH).toString();
    }

    private void collect(List<ObjectNode> session) {
        ObjectNode request = JSON.createObjectNode();
        request.putArray("events").addAll(session);
        try {
            EventCollector.Receipt receipt =
                    collector.collect(
                            JSON.writeValueAsBytes(request),
                            ReceiptContext.at(now),
                            now.plus(LONG));
            if (receipt.accepted() != session.size()) {
                throw new IllegalStateException("an event was not accepted: " + receipt);
            }
        } catch (JsonProcessingException | MalformedJsonException impossible) {
            throw new IllegalStateException(impossible);
        }
        List<StreamRecord> batch = new ArrayList<>();
        for (MemoryEventLog.Placed placed :
                events.records().subList(processed, events.records().size())) {
            batch.add(
                    new StreamRecord(
                            placed.position(),
                            placed.entry().partitionKey(),
                            placed.entry().bytes(),
                            now));
        }
        processed += batch.size();
        features.process(batch, now.plus(LONG));
        if (sessions % SESSIONS_A_BATCH == 0) {
            learnAnnounced();
        }
    }

    private void learnAnnounced() {
        List<Example> learnable = new ArrayList<>();
        for (byte[] record : examples.records().subList(learned, examples.records().size())) {
            learnable.addAll(ExampleCodec.decode(record));
            learned++;
        }
        learn(learnable);
    }
}
