package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Signer;
import dev.freshet.catalog.Attributes.PublicAttributes;
import dev.freshet.catalog.Catalog;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Strengths;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.experiment.DefinitionRegistry;
import dev.freshet.features.AttributionRules;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.FeatureFlow;
import dev.freshet.features.KeptProperties;
import dev.freshet.features.Quarantine;
import dev.freshet.features.UserStores;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.IdentityCheck.AnonymousIdLimit;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.StreamConsumers.FeaturesConsumer;
import dev.freshet.functions.runtime.StreamConsumers.TrainConsumer;
import dev.freshet.functions.runtime.TermAnalysis;
import dev.freshet.ingest.AdmissionControl;
import dev.freshet.ingest.AdmissionControl.AdmittedEventLog;
import dev.freshet.ingest.EventCollector;
import dev.freshet.ingest.EventLog;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.UserAgents;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.insight.InsightSources;
import dev.freshet.insight.OutcomeReport.CountingRules;
import dev.freshet.itemflow.CatalogFlow;
import dev.freshet.itemflow.ItemEmbedding;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.settings.Objective;
import dev.freshet.profile.ProfileFlow;
import dev.freshet.profile.Users;
import dev.freshet.ranking.ReasonLanguages;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.SimilarUsers;
import dev.freshet.store.Lanes.OrderedLanes;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import dev.freshet.training.CompactionRequests.CompactionTrigger;
import dev.freshet.training.TrainingFlow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The functions behind the API, each over stores that a test gives or over empty ones in memory.
 */
final class TestFunctions {
    static final IdentityCheck IDENTITIES = new IdentityCheck("anon-");

    /** The secret of the stack. */
    static final Signer SECRET = new Signer(Bodies.utf8("a secret of the stack"));

    /** The rules by which outcomes count where no option is given. */
    static final CountingRules COUNTING =
            CountingRules.of(AttributionRules.DEFAULT, Objective.EVEN, EventTypes.BUILT_IN);

    private static final UserAgents AGENTS = new UserAgents();
    private static final TermAnalysis TERMS = new TermAnalysis();

    private TestFunctions() {}

    static CollectHandler collect(
            EventLog log,
            EventTypes types,
            ViewerLocation location,
            Metrics metrics,
            InstantSource clock) {
        AdmissionControl admission = new AdmissionControl(new SplittableRandom(2));
        EventReader reader =
                new EventReader(
                        () -> SECRET.derive(Signer.EXPOSURE),
                        AGENTS,
                        new RateLimit(),
                        UnaryOperator.identity(),
                        types);
        return new CollectHandler(
                new EventCollector(
                        reader,
                        new EventCodec(),
                        new AdmittedEventLog(log, admission, clock),
                        clock,
                        new SplittableRandom(1),
                        pause -> {}),
                admission,
                () -> SECRET.derive(Signer.IMPORT_PERMIT),
                IDENTITIES,
                location,
                new AnonymousIdLimit(3),
                new EventTypesApi(types, Strengths.of(types)),
                false,
                metrics,
                clock);
    }

    static RecommendHandler recommend(
            Supplier<Recommender> recommender,
            Supplier<SimilarUsers> similar,
            Supplier<Versioned> models,
            EventTypes types,
            ViewerLocation location,
            Metrics metrics) {
        return new RecommendHandler(
                new RecommendHandler.Parts(
                        recommender,
                        new InsightsApi(insights(models), Optional.empty(), () -> Site.NOW),
                        new SimilarUsersApi(similar, UnaryOperator.identity()),
                        types,
                        IDENTITIES,
                        new AnswerForm.Offer(PublicAttributes.DEFAULT, ReasonLanguages.OURS),
                        location,
                        metrics,
                        1,
                        () -> Site.NOW));
    }

    /** Returns what answers about a stack are made from, over empty stores. */
    static InsightSources insights(Supplier<Versioned> models) {
        return new InsightSources(
                models,
                () -> new Replica.Status(1, Site.NOW, 0, 0, null),
                Measurements.NONE,
                new MemoryOutcomeHistory(() -> Site.NOW),
                COUNTING,
                new MemoryTrends(() -> Site.NOW),
                _ -> Optional.of(new MemoryQuarantine().count()));
    }

    static ProfileHandler profile(Users users, EventLog log, InstantSource clock) {
        return new ProfileHandler(
                new ProfileFlow(
                        users,
                        log,
                        new EventCodec()::encode,
                        clock,
                        () -> "made-here",
                        UnaryOperator.identity()),
                IDENTITIES);
    }

    static CatalogHandler catalog(Catalog items, Metrics metrics, InstantSource clock) {
        ItemEmbedding none = ItemEmbedding.NONE;
        DefinitionRegistry experiments = experiments(new MemoryExampleLog(), EventTypes.BUILT_IN);
        return catalog(items, new MemoryExampleLog(), none, experiments, metrics, clock);
    }

    static CatalogHandler catalog(
            Catalog items,
            ExampleLog examples,
            ItemEmbedding embedding,
            DefinitionRegistry experiments,
            Metrics metrics,
            InstantSource clock) {
        return new CatalogHandler(
                items,
                new CatalogFlow(items, examples, TERMS, embedding, clock),
                experiments,
                metrics);
    }

    static DefinitionRegistry experiments(ExampleLog examples, EventTypes types) {
        return new DefinitionRegistry(
                new MemoryDefinitions(), examples, types, () -> Instant.EPOCH);
    }

    static FeaturesHandler features(
            UserStores stores,
            ExampleLog examples,
            Quarantine quarantine,
            Metrics metrics,
            InstantSource clock) {
        FeatureFlow flow =
                new FeatureFlow(
                        stores,
                        examples,
                        quarantine,
                        new FeatureFlow.Rules(
                                new EventCodec()::decode,
                                Strengths.DEFAULTS::of,
                                new ExampleFactory(new Pseudonyms(new Signer(new byte[32]))::of),
                                () -> SECRET.derive(Signer.EXPOSURE),
                                AttributionRules.DEFAULT,
                                KeptProperties.NONE),
                        clock,
                        new OrderedLanes(FeatureFlow.PARALLEL_USERS));
        return new FeaturesHandler(new FeaturesConsumer(flow, metrics), clock);
    }

    static TrainHandler train(
            ModelLog models,
            Quarantine quarantine,
            CompactionTrigger compaction,
            Metrics metrics,
            InstantSource clock) {
        TrainingFlow flow =
                new TrainingFlow(
                        ModelLogs.only(models),
                        ModelSettings.DEFAULT,
                        new MemoryTrends(clock),
                        new MemoryOutcomeHistory(clock),
                        quarantine,
                        clock,
                        Runnable::run);
        return new TrainHandler(new TrainConsumer(flow, compaction, metrics, clock), clock);
    }

    /**
     * Returns the event by which Lambda hands over records of a shard.
     *
     * @param sequence number of the record before the first
     * @param arrived seconds since 1970
     */
    static ObjectNode batch(
            String stream, String key, AtomicInteger sequence, double arrived, byte[]... records) {
        ObjectNode event = Gateway.MAPPER.createObjectNode();
        for (byte[] data : records) {
            int number = sequence.incrementAndGet();
            ObjectNode record = event.withArray("Records").addObject();
            record.putObject("kinesis")
                    .put("partitionKey", key)
                    .put("sequenceNumber", "" + number)
                    .put("data", data)
                    .put("approximateArrivalTimestamp", arrived);
            record.put("eventID", "shardId-000000000000:" + number)
                    .put("eventSourceARN", "arn:aws:kinesis:us-east-1:1:stream/" + stream);
        }
        return event;
    }

    /** Invokes a function and returns its response, a missing node if it has none. */
    static JsonNode invoke(RequestStreamHandler handler, JsonNode event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] json = Gateway.MAPPER.writeValueAsBytes(event);
        handler.handleRequest(new ByteArrayInputStream(json), out, null);
        return Gateway.MAPPER.readTree(out.toByteArray());
    }
}
