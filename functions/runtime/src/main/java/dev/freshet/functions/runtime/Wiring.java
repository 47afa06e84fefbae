package dev.freshet.functions.runtime;

import dev.freshet.access.Authenticator;
import dev.freshet.access.IdMask;
import dev.freshet.access.Signer;
import dev.freshet.access.UserTokens;
import dev.freshet.aws.Clients;
import dev.freshet.aws.LambdaCompactionTrigger;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.kinesis.KinesisRetainedStream;
import dev.freshet.aws.kinesis.KinesisShardedStream;
import dev.freshet.aws.kinesis.StreamMetrics;
import dev.freshet.aws.kinesis.StreamMetrics.Reader;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.s3.S3LakeAnswers;
import dev.freshet.aws.s3.S3LakeProgress;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.catalog.Embedder;
import dev.freshet.embedding.ImageDownload;
import dev.freshet.embedding.MiniLmEmbedder;
import dev.freshet.embedding.TitanEmbedder;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventCodec.UnreadableEventException;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.experiment.DefinitionRegistry;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.FeatureFlow;
import dev.freshet.features.UserStores;
import dev.freshet.functions.runtime.StreamConsumers.FeaturesConsumer;
import dev.freshet.functions.runtime.StreamConsumers.TrainConsumer;
import dev.freshet.ingest.AdmissionControl;
import dev.freshet.ingest.AdmissionControl.AdmittedEventLog;
import dev.freshet.ingest.EventCollector;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.UserAgents;
import dev.freshet.insight.InsightSources;
import dev.freshet.itemflow.CatalogFlow;
import dev.freshet.itemflow.ItemEmbedding;
import dev.freshet.lake.ItemsCopy;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.LakeFlow;
import dev.freshet.lake.LakeRedrive;
import dev.freshet.lake.LakeRows;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.privacy.ErasureFlow;
import dev.freshet.privacy.ErasureProgress;
import dev.freshet.privacy.ExportFlow;
import dev.freshet.privacy.LakeErasures;
import dev.freshet.profile.ProfileFlow;
import dev.freshet.recommend.AllowedPlacements;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.Recommender.ReadParts;
import dev.freshet.recommend.ReplicaModelSupplier;
import dev.freshet.recommend.ResponseAssembler;
import dev.freshet.recommend.SimilarUsers;
import dev.freshet.store.Lanes.OrderedLanes;
import dev.freshet.store.ObjectStore;
import dev.freshet.store.RetentionFlow;
import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.RetentionFlow.RetainedStream;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.ShardScalingFlow;
import dev.freshet.training.Compaction;
import dev.freshet.training.CompactionRequests.CompactionTrigger;
import dev.freshet.training.NeighboursAnnouncement;
import dev.freshet.training.TrainingFlow;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * The composition root: the place where the parts of the functions are created and joined, with
 * {@link InsightWiring} and {@link ReplayWiring} for two of them. Each handler asks for its flow,
 * and only what that flow needs is created; clients open on first use.
 */
public final class Wiring {
    /** Maximum time that an export waits for the newest model. */
    private static final Duration MODEL_WAIT = Duration.ofSeconds(5);

    /** Shared by the functions of a process, for their patterns and results take megabytes. */
    private static final UserAgents AGENTS = new UserAgents();

    private final Settings settings;
    private final InstantSource clock;
    private final Clients clients;
    private final Policies policies;
    private final StackStores stores;
    private final Secrets secrets;
    private final UnaryOperator<String> ids;
    private final RandomGenerator random = Entropy.renewed(SecureRandom::new);

    public Wiring(Settings settings) {
        this(settings, InstantSource.system());
    }

    public Wiring(Settings settings, InstantSource clock) {
        JsonLog.install();
        this.settings = settings;
        this.clock = clock;
        this.clients = new Clients(settings);
        this.policies = new Policies(settings);
        this.stores = new StackStores(settings, clients, clock);
        this.secrets = new Secrets(settings, clients);
        this.ids = ids(settings, clients);
    }

    /**
     * Returns the mapping from a user id to the id that is stored; the key is fetched at the first
     * id.
     */
    private static UnaryOperator<String> ids(Settings settings, Clients clients) {
        return Secrets.ofIds(settings, clients)
                .<UnaryOperator<String>>map(
                        key ->
                                id ->
                                        new IdMask(
                                                        new Signer(key.secret()),
                                                        settings.get(StackOptions.ANONYMOUS_PREFIX))
                                                .apply(id))
                .orElse(UnaryOperator.identity());
    }

    /** Returns what the options of the stack say. */
    public Policies policies() {
        return policies;
    }

    /** Returns the stores of the stack. */
    public StackStores stores() {
        return stores;
    }

    /**
     * Returns the mapping from a user id, as clients send it, to the id under which the user is
     * stored.
     */
    public UnaryOperator<String> ids() {
        return ids;
    }

    /** Returns a consumer of the {@code events} stream. */
    public FeaturesConsumer featuresConsumer() {
        return new FeaturesConsumer(features(), metrics());
    }

    /** Returns a consumer of the {@code examples} stream. */
    public TrainConsumer trainConsumer() {
        return new TrainConsumer(training(), compactionTrigger(), metrics(), clock);
    }

    public FeatureFlow features() {
        EventCodec codec = new EventCodec();
        return new FeatureFlow(
                userStores(),
                stores.exampleLog(),
                stores.quarantine(),
                new FeatureFlow.Rules(
                        codec::decode,
                        policies.strengths()::of,
                        exampleFactory(),
                        () -> signer(Signer.EXPOSURE),
                        policies.attribution(),
                        policies.keptInRows()),
                clock,
                new OrderedLanes(FeatureFlow.PARALLEL_USERS));
    }

    private ExampleFactory exampleFactory() {
        return new ExampleFactory(
                id -> pseudonyms().of(id),
                policies.countedUsers()::waitSeconds,
                policies.attributeRules());
    }

    /** Returns the flow that makes rows of the lake of events. */
    public LakeFlow lake() {
        EventCodec codec = new EventCodec();
        return new LakeFlow(
                stores.users(),
                codec::decode,
                () -> signer(Signer.EXPOSURE),
                new LakeRows(
                        id -> pseudonyms().of(id),
                        policies.eventTypes(),
                        policies.strengths()::of,
                        id -> id.startsWith(policies.anonymousPrefix()),
                        policies.keptInLake()),
                clock,
                random,
                Thread::sleep);
    }

    /** Returns the latest results of the lake's named queries, or empty without a lake. */
    public Optional<LakeAnswers> lakeAnswers() {
        return policies.hasLake()
                ? Optional.of(new S3LakeAnswers(clients.s3(), settings.text(Setting.LAKE_BUCKET)))
                : Optional.empty();
    }

    /** Returns the flow that takes again what the delivery to the lake gave up. */
    public LakeRedrive lakeRedrive(LakeFlow flow) {
        EventCodec codec = new EventCodec();
        return new LakeRedrive(lakeObjects(), flow, data -> partitionKey(codec, data), clock);
    }

    /** Returns the copy of the catalogue to the lake. */
    public ItemsCopy itemsCopy() {
        return new ItemsCopy(lakeObjects(), stores.items(), clock);
    }

    /** Returns the objects beside the tables of the lake. */
    public ObjectStore lakeObjects() {
        return S3ObjectStore.ofLake(clients.s3(), settings.text(Setting.LAKE_BUCKET));
    }

    /** Returns what brings neighbours that a batch job counted to the model. */
    public NeighboursAnnouncement neighboursAnnouncement() {
        return new NeighboursAnnouncement(
                S3ObjectStore.ofModels(clients.s3(), settings.text(Setting.MODEL_BUCKET)),
                stores.exampleLog());
    }

    private static Optional<String> partitionKey(EventCodec codec, byte[] data) {
        try {
            return Optional.of(codec.decode(data).partitionKey());
        } catch (UnreadableEventException undecodable) {
            return Optional.empty();
        }
    }

    public TrainingFlow training() {
        return new TrainingFlow(
                stores.modelLogs(),
                policies.modelSettings(),
                stores.trends(),
                stores.outcomeHistory(),
                stores.quarantine(),
                clock,
                executor());
    }

    private CompactionTrigger compactionTrigger() {
        return settings.find(Setting.COMPACT_FUNCTION)
                .<CompactionTrigger>map(
                        function -> new LambdaCompactionTrigger(clients.lambda(), function))
                .orElse(CompactionTrigger.NONE);
    }

    /**
     * Returns the flow that looks after the retention of the streams; empty where they are
     * emulated.
     */
    public Optional<RetentionFlow> retention() {
        if (settings.endpoint(Settings.Service.KINESIS).isPresent()) {
            return Optional.empty();
        }
        Reader features = reader(Setting.FEATURES_FUNCTION, MetricName.FEATURES_BEHIND_MS);
        Reader train = reader(Setting.TRAIN_FUNCTION, MetricName.TRAIN_BEHIND_MS);
        List<Reader> ofEvents = new ArrayList<>(List.of(features));
        settings.find(Setting.LAKE_DELIVERY).map(Reader::ofDelivery).ifPresent(ofEvents::add);
        return Optional.of(
                new RetentionFlow(
                        List.of(
                                retained(Setting.EVENTS_STREAM, ofEvents),
                                retained(Setting.EXAMPLES_STREAM, List.of(train))),
                        switch (settings.get(StackOptions.STREAM_RETENTION)) {
                            case DAY -> AdaptiveRetention.SHORT;
                            case WEEK -> AdaptiveRetention.LONG;
                        },
                        clock));
    }

    private RetainedStream retained(Setting stream, List<Reader> readers) {
        return new KinesisRetainedStream(
                clients.kinesis(),
                new StreamMetrics(clients.cloudWatch()),
                settings.text(stream),
                readers);
    }

    /** Returns a function that reads, or the worker, which writes how far it is behind. */
    private Reader reader(Setting function, MetricName behind) {
        return settings.find(function)
                .map(Reader::ofFunction)
                .orElseGet(
                        () ->
                                new Reader(
                                        Metrics.NAMESPACE,
                                        settings.metricDimensions(),
                                        List.of(StreamMetrics.Age.ms(behind.text()))));
    }

    /**
     * Returns the flow that looks after the number of shards of the events; empty where they are
     * emulated.
     */
    public Optional<ShardScalingFlow> shardScaling() {
        if (settings.endpoint(Settings.Service.KINESIS).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new ShardScalingFlow(
                        new KinesisShardedStream(
                                clients.kinesis(),
                                new StreamMetrics(clients.cloudWatch()),
                                settings.text(Setting.EVENTS_STREAM)),
                        settings.get(StackOptions.EVENT_SHARDS),
                        settings.get(StackOptions.EVENT_SHARDS_MAX),
                        clock));
    }

    public Compaction compaction() {
        return new Compaction(
                stores.modelLogs(),
                ModelSettings.DEFAULT,
                stores.items(),
                stores.definitions(),
                stores.exampleLog(),
                new TermAnalysis(),
                Compaction.Settings.withRowsKept(
                        settings.retention().period(RetentionPolicy.Kind.MODEL)),
                clock,
                executor());
    }

    /** Returns the flows that build a model anew. */
    ReplayWiring replays() {
        return new ReplayWiring(settings, stores, policies, exampleFactory(), clock, executor());
    }

    public CatalogFlow catalog() {
        return new CatalogFlow(
                stores.items(), stores.exampleLog(), new TermAnalysis(), embedding(), clock);
    }

    public DefinitionRegistry definitions() {
        return new DefinitionRegistry(
                stores.definitions(), stores.exampleLog(), policies.eventTypes(), clock);
    }

    /**
     * Returns the embedding that the settings choose. The classes of embedders are in a Lambda
     * layer that only the catalogue's function has.
     */
    private ItemEmbedding embedding() {
        return switch (settings.embedder()) {
            case MINILM -> by(new MiniLmEmbedder());
            case BEDROCK -> by(TitanEmbedder.ofTexts(bedrock()));
            case MULTIMODAL ->
                    by(TitanEmbedder.ofImages(bedrock(), new ImageDownload(System::nanoTime)));
            case NONE -> ItemEmbedding.NONE;
        };
    }

    private ItemEmbedding by(Embedder embedder) {
        return ItemEmbedding.using(embedder, ItemEmbedding.BUDGET, clock);
    }

    private BedrockRuntimeClient bedrock() {
        return clients.open(BedrockRuntimeClient.builder(), Settings.Service.BEDROCK_RUNTIME);
    }

    /**
     * Returns the authenticator, which needs the table of keys and, for tokens signed by HS256, the
     * secret.
     */
    public PrimedAuthenticator authenticator() {
        UserTokens tokens = new UserTokens(() -> new Signer(secrets.secret()), settings.audience());
        return new PrimedAuthenticator(
                new Authenticator(stores.accessKeys(), tokens, clock), secrets, hooks(executor()));
    }

    public ProfileFlow profiles() {
        EventCodec codec = new EventCodec();
        return new ProfileFlow(
                stores.users(), stores.eventLog(), codec::encode, clock, this::eventId, ids);
    }

    /** Returns the flow of erasures, which fetches the secret at its first call. */
    public ErasureFlow erasures() {
        return new ErasureFlow(
                userStores(),
                stores.quarantine(),
                stores.eventLog(),
                streamed(),
                settings.retention(),
                policies.lakePurge(),
                clock,
                this::eventId);
    }

    public ErasureProgress erasureProgress() {
        return new ErasureProgress(
                userStores(),
                stores.modelLogs(),
                settings.retention(),
                policies.lakePurge()
                        .map(
                                purge ->
                                        new LakeErasures(
                                                purge,
                                                new S3LakeProgress(
                                                        clients.s3(),
                                                        settings.text(Setting.LAKE_BUCKET)))),
                clock);
    }

    /**
     * Returns the flow of exports. The model is loaded at its first call, which takes seconds, and
     * brought up to date at each.
     */
    public ExportFlow exports() {
        Replica replica = new Replica(stores.modelLogs(), ModelSettings.DEFAULT, clock, executor());
        return new ExportFlow(
                userStores(),
                stores.quarantine(),
                streamed(),
                () -> replica.follow(MODEL_WAIT).model(),
                clock);
    }

    /**
     * Returns the time budget of reads, which is longer for an emulator, since it shares the
     * machine. A store behind an endpoint with TLS is a real one.
     */
    private Hydrator.Budget budget() {
        return settings.endpoint(Settings.Service.DYNAMODB)
                        .filter(endpoint -> "http".equals(endpoint.getScheme()))
                        .isPresent()
                ? Hydrator.Budget.EMULATED
                : Hydrator.Budget.DEFAULT;
    }

    /**
     * Returns the read flow. What takes longest is started first and in parallel: the two clients,
     * then the model, which loads while the rest is joined.
     *
     * @param render encodes a response as the handler does; run when the hot path is primed
     */
    public ReadFlow reads(Consumer<Recommendations> render) {
        return reads(render, budget());
    }

    /** Returns the read flow of lists that nobody waits for. */
    public ReadFlow bulkReads(Consumer<Recommendations> render) {
        return reads(render, Hydrator.Budget.PATIENT);
    }

    /** Returns where lists made in bulk are put. */
    public ObjectStore bulkObjects() {
        return S3ObjectStore.ofModels(clients.s3(), settings.text(Setting.MODEL_BUCKET));
    }

    private ReadFlow reads(Consumer<Recommendations> render, Hydrator.Budget budget) {
        Executor executor = executor();
        executor.execute(clients::s3);
        Replica replica = new Replica(stores.modelLogs(), policies.readSettings(), clock, executor);
        replica.follow(Duration.ZERO);
        Hydrator hydrator =
                new Hydrator(
                        stores.interactions(),
                        stores.users(),
                        budget,
                        clock,
                        ids,
                        policies.countedUsers());
        ReplicaModelSupplier model =
                new ReplicaModelSupplier(replica, settings.get(StackOptions.CATALOGUE), clock);
        Recommender recommender =
                new Recommender(
                        new ReadParts(
                                hydrator,
                                model,
                                new ResponseAssembler(
                                        () -> signer(Signer.EXPOSURE),
                                        settings.find(StackOptions.PLACEMENTS)
                                                .map(AllowedPlacements::of)
                                                .orElse(AllowedPlacements.ANY)),
                                policies.strategy(),
                                settings.get(StackOptions.EXPLORATION),
                                policies.frequencyCap(),
                                policies.attributeRules(),
                                clock,
                                System::nanoTime,
                                random));
        SimilarUsers similarUsers =
                new SimilarUsers(
                        stores.interactions(), stores.users(), id -> pseudonyms().of(id), model);
        return new ReadFlow(
                recommender,
                similarUsers,
                hydrator,
                replica,
                secrets,
                clock,
                executor,
                render,
                hooks(executor));
    }

    /** Returns what answers about the stack are made from, with the models of a read flow. */
    public InsightSources insights(ReadFlow reads) {
        return new InsightWiring(settings, clients, stores).sources(reads);
    }

    public AdmissionControl admission() {
        return new AdmissionControl(random);
    }

    /**
     * Returns the collector of events.
     *
     * @param admission learns from what the stream accepts and rejects
     */
    public EventCollector collection(AdmissionControl admission) {
        EventReader reader =
                new EventReader(
                        () -> signer(Signer.EXPOSURE),
                        AGENTS,
                        new RateLimit(),
                        ids,
                        policies.eventTypes());
        return new EventCollector(
                reader,
                new EventCodec(),
                new AdmittedEventLog(stores.eventLog(), admission, clock),
                clock,
                random,
                Thread::sleep);
    }

    /**
     * Returns the signer of one purpose; the secret is fetched at the first call for any purpose.
     */
    public Signer signer(String label) {
        return new Signer(secrets.secret()).derive(label);
    }

    public Metrics metrics() {
        Metrics metrics = newMetrics();
        executor().execute(metrics::prime);
        return metrics;
    }

    private Metrics newMetrics() {
        return new Metrics(settings.metricDimensions(), clock, System.out::println);
    }

    private SnapStartHooks hooks(Executor executor) {
        return new SnapStartHooks(executor, newMetrics());
    }

    public Settings settings() {
        return settings;
    }

    /** Returns the published version of this function; 0 where it has none. */
    public long functionVersion() {
        return settings.find(Setting.FUNCTION_VERSION)
                .filter(version -> version.matches("[0-9]{1,9}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    public InstantSource clock() {
        return clock;
    }

    /** Returns the pseudonyms of users; the secret is fetched at this call, not at the start. */
    private Pseudonyms pseudonyms() {
        return new Pseudonyms(new Signer(secrets.secret()));
    }

    /** Returns an executor for waits on stores, one virtual thread for each. */
    private static Executor executor() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    private String eventId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "freshet-" + HexFormat.of().formatHex(bytes);
    }

    private UserStores userStores() {
        return new UserStores(stores.interactions(), stores.exposures(), stores.users());
    }

    private ErasureFlow.Streamed streamed() {
        EventCodec codec = new EventCodec();
        return new ErasureFlow.Streamed(
                codec::encode,
                codec::decode,
                id -> pseudonyms().of(id),
                settings.text(Setting.EVENTS_STREAM));
    }
}
