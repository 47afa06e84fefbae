package dev.freshet.simulation;

import dev.freshet.access.Signer;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Strengths;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.AttributionRules;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.Exposures;
import dev.freshet.features.FeatureFlow;
import dev.freshet.features.Interactions;
import dev.freshet.features.KeptProperties;
import dev.freshet.features.Quarantine;
import dev.freshet.features.UserStores;
import dev.freshet.functions.StreamEvent;
import dev.freshet.ingest.EventCollector;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.UserAgents;
import dev.freshet.itemflow.CatalogFlow;
import dev.freshet.itemflow.ItemEmbedding;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.local.template.MappingRules;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.profile.Users;
import dev.freshet.quarantine.retry.QuarantineRetry;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import dev.freshet.testkit.memory.MemoryUsers;
import dev.freshet.training.Compaction;
import dev.freshet.training.Replay;
import dev.freshet.training.TrainingFlow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The simulated stack: the state that survives every process, and factories of processes over it.
 * The flows are those of production; a process that died is replaced by a new one.
 */
final class World {
    /** Start of the simulated time, shortly before a window of every length closes. */
    static final Instant BEGINNING = Instant.parse("2026-02-28T23:59:52Z");

    /** Settings of a model outside any world, where items need no catalogue. */
    static final ModelSettings MODEL = ModelSettings.DEFAULT;

    /** Time after which a function returns its unfinished records. */
    private static final Duration WORKING_TIME = Duration.ofSeconds(20);

    /** Maximum duration of one call while many other tasks take turns. */
    private static final Duration ONE_CALL = Duration.ofSeconds(20);

    private static final Duration COLLECT_BUDGET = Duration.ofSeconds(5);

    /** Parameters of both mappings as in the stack, except for the batch sizes. */
    private static final MappingRules RULES = rules(100, MappingRules.UNLIMITED, 1);

    /** Settings of every model of this world. */
    final ModelSettings model;

    final SimulationContext nature;
    final Stream events;
    final Stream examples;
    final EventCodec codec = new EventCodec();
    final Pseudonyms pseudonyms =
            new Pseudonyms(new Signer("a simulation's".getBytes(StandardCharsets.UTF_8)));
    final Signer signer =
            new Signer("a simulation's tokens".getBytes(StandardCharsets.UTF_8))
                    .derive(Signer.EXPOSURE);
    private final SettableClock clock = new SettableClock(BEGINNING);
    final MemoryInteractions interactions = new MemoryInteractions(clock);
    final MemoryExposures exposures = new MemoryExposures(clock);
    final MemoryUsers users = new MemoryUsers(clock);
    final MemoryCatalog catalog = new MemoryCatalog(clock);
    final MemoryTrends trends = new MemoryTrends(clock);
    private final MemoryOutcomeHistory history = new MemoryOutcomeHistory(clock);
    final MemoryQuarantine quarantine = new MemoryQuarantine();
    final Bucket objects;
    final Models models;
    Mapping features;
    Mapping train;

    /** Receives sentences about violated bounds. */
    Consumer<String> violations = sentence -> {};

    /** Planted bugs: modified views of a store. */
    UnaryOperator<Interactions> interactionsBug = UnaryOperator.identity();

    UnaryOperator<Users> usersBug = UnaryOperator.identity();
    UnaryOperator<ExampleLog> examplesBug = UnaryOperator.identity();
    UnaryOperator<Trends> trendsBug = UnaryOperator.identity();
    UnaryOperator<ModelLog> logBug = UnaryOperator.identity();
    UnaryOperator<ModelLogs> logsBug = UnaryOperator.identity();
    private final List<TrainingFlow> idleTrainers = new ArrayList<>();
    private final RateLimit rates = new RateLimit();
    private final UserAgents agents = new UserAgents();

    World(RandomGenerator random, int shards, CatalogueMode catalogue) {
        model = MODEL.withCatalogue(catalogue);
        nature = new SimulationContext(random, clock);
        events = new Stream("events", shards, random);
        examples = new Stream("examples", 1, random);

        objects = new Bucket(nature);
        models = new Models(nature, objects);
        features = new Mapping(nature, events, this::features, RULES, 40);
        train = new Mapping(nature, examples, this::train, RULES, 12);
    }

    /** Returns the parameters of a mapping that differ between worlds, and the others. */
    static MappingRules rules(int batchSize, int retries, int lanes) {
        return new MappingRules(
                batchSize,
                Duration.ZERO,
                retries,
                null,
                true,
                true,
                lanes,
                MappingRules.Start.TRIM_HORIZON,
                null);
    }

    private Kinesis kinesis(Sandbox process) {
        return new Kinesis(process, nature, Map.of("events", events, "examples", examples));
    }

    /**
     * Returns the collector's receipt for one request; throws {@code Death} if it died in the
     * course.
     */
    EventCollector.Receipt collect(byte[] body) throws MalformedJsonException {
        Sandbox process = new Sandbox(nature);
        Kinesis kinesis = kinesis(process);
        EventCollector collection =
                new EventCollector(
                        new EventReader(
                                () -> signer,
                                agents,
                                rates,
                                UnaryOperator.identity(),
                                EventTypes.BUILT_IN),
                        codec,
                        new KinesisEventLog(kinesis, "events"),
                        nature.clock,
                        nature.random,
                        nature.scheduler::sleep);
        Instant now = nature.clock.instant();
        EventCollector.Receipt receipt =
                collection.collect(body, ReceiptContext.at(now), now.plus(COLLECT_BUDGET));
        inTime("collect", now, COLLECT_BUDGET);
        if (kinesis.putsOfMany() > EventCollector.MAX_PUTS) {
            violations.accept("collect put " + kinesis.putsOfMany() + " times");
        }
        return receipt;
    }

    /** Verifies a deadline between calls; one call in progress may end after it. */
    private void inTime(String who, Instant begun, Duration budget) {
        Duration taken = Duration.between(begun, nature.clock.instant());
        if (taken.compareTo(budget.plus(ONE_CALL)) > 0) {
            violations.accept(who + " took " + taken);
        }
    }

    private String features(String event) {
        Sandbox process = new Sandbox(nature);
        FeatureFlow flow =
                new FeatureFlow(
                        new UserStores(
                                interactionsBug.apply(
                                        process.sees(Interactions.class, interactions)),
                                process.sees(Exposures.class, exposures),
                                usersBug.apply(process.sees(Users.class, users))),
                        examplesBug.apply(new KinesisExampleLog(kinesis(process), "examples")),
                        process.sees(Quarantine.class, quarantine),
                        new FeatureFlow.Rules(
                                codec::decode,
                                Strengths.DEFAULTS::of,
                                new ExampleFactory(pseudonyms::of),
                                () -> signer,
                                AttributionRules.DEFAULT,
                                KeptProperties.NONE),
                        nature.clock,
                        new SeededLanes(nature.random));
        Instant now = nature.clock.instant();
        FeatureFlow.Outcome outcome = flow.process(read(event), now.plus(WORKING_TIME));
        inTime("features", now, WORKING_TIME);
        return answer(outcome.unfinished());
    }

    private String train(String event) {
        TrainingFlow trainer =
                idleTrainers.isEmpty() || nature.random.nextInt(8) == 0
                        ? trainer()
                        : idleTrainers.remove(nature.random.nextInt(idleTrainers.size()));
        String answer = answer(trainer.process(read(event)).unfinished());
        idleTrainers.add(trainer);
        return answer;
    }

    private TrainingFlow trainer() {
        Sandbox process = new Sandbox(nature);
        return new TrainingFlow(
                logs(process),
                model,
                trendsBug.apply(process.sees(Trends.class, trends)),
                process.sees(OutcomeHistory.class, history),
                process.sees(Quarantine.class, quarantine),
                nature.clock,
                Runnable::run);
    }

    /** Returns the model logs through a process's faults. */
    ModelLogs logs(Sandbox process) {
        return logsBug.apply(models.seenBy(process, logBug));
    }

    /** Returns the log of the current model. */
    MemoryModelLog log() {
        return models.currentLog();
    }

    /**
     * Returns a replay of the stream of examples into a separate model, which continues where a
     * dead one stopped.
     */
    Replay replay(String modelId) {
        Sandbox process = new Sandbox(nature);
        return new Replay(
                logs(process),
                modelId,
                model,
                new History(process, examples, ModelLogs.position(models.log(modelId))),
                process.sees(Quarantine.class, quarantine),
                nature.clock,
                Runnable::run);
    }

    /** Returns the periodic compaction in a process of its own. */
    Compaction compaction(Sandbox process) {
        return new Compaction(
                logs(process),
                model,
                process.sees(Catalog.class, catalog),
                new MemoryDefinitions(),
                new KinesisExampleLog(kinesis(process), "examples"),
                World::terms,
                new Compaction.Settings(
                        4, Duration.ofDays(400), Duration.ofDays(400), Duration.ofMinutes(10)),
                nature.clock,
                Runnable::run);
    }

    /** Puts items as the catalogue's function does. */
    List<CatalogFlow.ItemResult> put(List<Item> items) {
        Sandbox process = new Sandbox(nature);
        return new CatalogFlow(
                        process.sees(Catalog.class, catalog),
                        new KinesisExampleLog(kinesis(process), "examples"),
                        World::terms,
                        ItemEmbedding.NONE,
                        nature.clock,
                        new SeededLanes(nature.random))
                .put(items);
    }

    /**
     * Retries the quarantined records that can be decoded by now, as the owner does.
     *
     * @return number of records to be tried again because a store failed
     */
    int retryQuarantine() {
        Sandbox process = new Sandbox(nature);
        QuarantineRetry retry =
                new QuarantineRetry(
                        quarantine,
                        new KinesisEventLog(kinesis(process), "events"),
                        new KinesisExampleLog(kinesis(process), "examples"),
                        "examples",
                        process.sees(ModelLog.class, log()),
                        codec::decode,
                        codec::encode,
                        nature.clock);
        QuarantineRetry.Assurance assurance =
                new QuarantineRetry.Assurance(nature.clock.instant().plusSeconds(1), false);
        int unanswered = 0;
        for (Quarantine.Entry entry : quarantine.entries()) {
            try {
                retry.retry(entry, assurance);
            } catch (StoreUnavailableException next) {
                unanswered++;
            }
        }
        return unanswered;
    }

    /** Returns the model replica of a serving process. */
    Replica replica() {
        return new Replica(logs(new Sandbox(nature)), model, nature.clock, Runnable::run);
    }

    /** Returns the example that the model receives for an item. */
    dev.freshet.example.Example exampleFor(Item item) {
        return ((dev.freshet.itemflow.CatalogFlow.ItemAnalysis) World::terms)
                .example(item, nature.clock.instant());
    }

    private static Map<Integer, Integer> terms(Item item) {
        return Map.of(item.title().hashCode(), 1);
    }

    private static List<dev.freshet.event.StreamRecord> read(String event) {
        try {
            return StreamEvent.read(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(Optional<ShardPosition> unfinished) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            StreamEvent.answer(unfinished, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
