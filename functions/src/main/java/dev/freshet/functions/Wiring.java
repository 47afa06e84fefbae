package dev.freshet.functions;

import dev.freshet.access.AccessKeys;
import dev.freshet.access.Door;
import dev.freshet.access.UserTokens;
import dev.freshet.embedding.MiniLmEmbedder;
import dev.freshet.embedding.TitanEmbedder;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventReader;
import dev.freshet.event.IdMask;
import dev.freshet.event.RateLimit;
import dev.freshet.event.Signer;
import dev.freshet.event.Strengths;
import dev.freshet.event.UserAgents;
import dev.freshet.feature.Catalog;
import dev.freshet.feature.Embedder;
import dev.freshet.feature.Interactions;
import dev.freshet.feature.Users;
import dev.freshet.model.ModelLogs;
import dev.freshet.model.ModelSettings;
import dev.freshet.model.Pseudonyms;
import dev.freshet.model.Replica;
import dev.freshet.ranking.Strategy;
import dev.freshet.recommend.Answers;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.ReplicaServing;
import dev.freshet.storage.Clients;
import dev.freshet.storage.MissingSettingException;
import dev.freshet.storage.Secrets;
import dev.freshet.storage.Setting;
import dev.freshet.storage.Settings;
import dev.freshet.storage.dynamodb.DynamodbAccessKeys;
import dev.freshet.storage.dynamodb.DynamodbCatalog;
import dev.freshet.storage.dynamodb.DynamodbInteractions;
import dev.freshet.storage.dynamodb.DynamodbModelLogs;
import dev.freshet.storage.dynamodb.DynamodbTrends;
import dev.freshet.storage.dynamodb.DynamodbUsers;
import dev.freshet.storage.kinesis.KinesisEventLog;
import dev.freshet.storage.kinesis.KinesisExampleHistory;
import dev.freshet.storage.kinesis.KinesisExampleLog;
import dev.freshet.storage.s3.S3ModelObjects;
import dev.freshet.storage.s3.S3Quarantine;
import dev.freshet.stream.Admission;
import dev.freshet.stream.AdmittedEventLog;
import dev.freshet.stream.CatalogFlow;
import dev.freshet.stream.Collection;
import dev.freshet.stream.Compaction;
import dev.freshet.stream.ErasureFlow;
import dev.freshet.stream.ErasureProgress;
import dev.freshet.stream.EventLog;
import dev.freshet.stream.ExampleLog;
import dev.freshet.stream.ExportFlow;
import dev.freshet.stream.FeatureFlow;
import dev.freshet.stream.ItemEmbedding;
import dev.freshet.stream.ProfileFlow;
import dev.freshet.stream.Quarantine;
import dev.freshet.stream.Replay;
import dev.freshet.stream.StreamRecord;
import dev.freshet.stream.TrainingFlow;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
 * The composition root: the one place where a function's parts are made and joined. Each handler
 * asks for its flow, and only what that flow needs is made; clients open on first use.
 */
final class Wiring {
    private static final InstantSource CLOCK = InstantSource.system();

    /** How long an export waits for the newest model. */
    private static final Duration MODEL_WAIT = Duration.ofSeconds(5);

    private final Settings settings;
    private final Clients clients;
    private final Secrets secrets;
    private final UnaryOperator<String> ids;
    private final RandomGenerator random = Entropy.renewed(SecureRandom::new);

    Wiring(Settings settings) {
        JsonLog.install();
        this.settings = settings;
        this.clients = new Clients(settings);
        this.secrets = new Secrets(settings, clients);
        this.ids = ids(settings, clients);
    }

    /** What is kept in place of persons' ids; the key is fetched at the first id. */
    private static UnaryOperator<String> ids(Settings settings, Clients clients) {
        return Secrets.ofIds(settings, clients)
                .<UnaryOperator<String>>map(
                        key -> id -> new IdMask(new Signer(key.secret())).apply(id))
                .orElse(UnaryOperator.identity());
    }

    /** The same, for those who look persons up themselves. */
    UnaryOperator<String> ids() {
        return ids;
    }

    FeatureFlow features() {
        EventCodec codec = new EventCodec();
        Strengths strengths = settings.strengths().map(Strengths::parse).orElse(Strengths.DEFAULTS);
        return new FeatureFlow(
                interactions(),
                users(),
                exampleLog(),
                quarantine(),
                codec::decode,
                strengths::of,
                id -> pseudonyms().of(id),
                CLOCK);
    }

    TrainingFlow training() {
        return new TrainingFlow(
                modelLogs(),
                ModelSettings.DEFAULT,
                new DynamodbTrends(
                        clients.enhancedDynamoDb(),
                        settings.trendsTable(),
                        settings.keeping(),
                        CLOCK),
                quarantine(),
                CLOCK,
                besides());
    }

    Compaction compaction() {
        return new Compaction(
                modelLogs(),
                ModelSettings.DEFAULT,
                items(),
                exampleLog(),
                new TermAnalysis(),
                Compaction.Settings.keeping(settings.keeping().model()),
                CLOCK,
                besides());
    }

    /**
     * A replay of the history of examples into another model.
     *
     * @param from where to begin; empty for the oldest record
     * @param told is told what is done first, in a sentence
     */
    Replay replay(String modelId, Optional<Instant> from, Consumer<String> told) {
        ModelLogs logs = modelLogs();
        BigInteger known = ModelLogs.position(logs.log(modelId));
        Replay replay =
                new Replay(
                        logs,
                        modelId,
                        new KinesisExampleHistory(
                                clients.kinesis(), settings.examplesStream(), from, known),
                        quarantine(),
                        CLOCK,
                        besides());
        if (known.signum() > 0) {
            told.accept("Goes on with " + modelId + " where it was.");
        } else if (from.isPresent() || !whole(logs)) {
            int items = replay.tell(items(), new TermAnalysis());
            told.accept(
                    "The history is not whole: told " + items + " items of the catalogue first.");
        }
        return replay;
    }

    private boolean whole(ModelLogs logs) {
        List<StreamRecord> first =
                new KinesisExampleHistory(
                                clients.kinesis(),
                                settings.examplesStream(),
                                Optional.empty(),
                                BigInteger.ZERO)
                        .next(1);
        return !first.isEmpty() && Replay.isWhole(logs, first.getFirst());
    }

    /** The model that is current. */
    String currentModel() {
        return modelLogs().glance().current();
    }

    CatalogFlow catalog() {
        return new CatalogFlow(items(), exampleLog(), new TermAnalysis(), embedding());
    }

    /** The chosen embedder's classes are in a layer, which other functions do not have. */
    private ItemEmbedding embedding() {
        return switch (settings.embedder()) {
            case MINILM -> by(new MiniLmEmbedder());
            case BEDROCK -> by(new TitanEmbedder(bedrock()));
            case NONE -> ItemEmbedding.NONE;
        };
    }

    private static ItemEmbedding by(Embedder embedder) {
        return ItemEmbedding.by(embedder, ItemEmbedding.BUDGET, CLOCK);
    }

    private BedrockRuntimeClient bedrock() {
        return clients.open(BedrockRuntimeClient.builder(), Settings.Service.BEDROCK_RUNTIME);
    }

    /** Who is let in; judged by the table of keys and, for tokens of HS256, the secret. */
    DoorSide doorSide() {
        UserTokens tokens = new UserTokens(() -> new Signer(secrets.secret()), settings.audience());
        AccessKeys keys =
                new DynamodbAccessKeys(clients.enhancedDynamoDb(), settings.keysTable(), CLOCK);
        return new DoorSide(new Door(keys, tokens, CLOCK), secrets);
    }

    /** Which readers a caller may name. */
    ReaderCheck readers() {
        return new ReaderCheck(settings.anonymousPrefix());
    }

    ProfileFlow profiles() {
        EventCodec codec = new EventCodec();
        return new ProfileFlow(users(), eventLog(), codec::encode, CLOCK, this::eventId, ids);
    }

    /** The secret is fetched at the first call. */
    ErasureFlow erasures() {
        EventCodec codec = new EventCodec();
        return new ErasureFlow(
                interactions(),
                users(),
                quarantine(),
                eventLog(),
                new ErasureFlow.Codec(codec::encode, codec::decode),
                id -> pseudonyms().of(id),
                settings.eventsStream(),
                settings.keeping(),
                CLOCK,
                this::eventId);
    }

    ErasureProgress erasureProgress() {
        return new ErasureProgress(interactions(), users(), modelLogs(), settings.keeping(), CLOCK);
    }

    /** The model is loaded at the first call, which takes seconds, and followed at each. */
    ExportFlow exports() {
        EventCodec codec = new EventCodec();
        Replica replica = new Replica(modelLogs(), ModelSettings.DEFAULT, CLOCK, besides());
        return new ExportFlow(
                interactions(),
                users(),
                quarantine(),
                codec::decode,
                id -> pseudonyms().of(id),
                settings.eventsStream(),
                () -> replica.follow(MODEL_WAIT).model(),
                CLOCK);
    }

    /** An emulator shares its machine with everything else; a table in the cloud does not. */
    private Hydrator.Budget budget() {
        return settings.endpoint(Settings.Service.DYNAMODB).isPresent()
                ? Hydrator.Budget.EMULATED
                : Hydrator.Budget.DEFAULT;
    }

    /**
     * What takes longest comes first and side by side: the two clients, then the model from them
     * while the rest is joined.
     */
    ReadSide reads() {
        Executor besides = besides();
        besides.execute(clients::s3);
        Replica replica = new Replica(modelLogs(), ModelSettings.DEFAULT, CLOCK, besides);
        replica.follow(Duration.ZERO);
        Hydrator hydrator = new Hydrator(interactions(), users(), budget(), ids);
        Recommender recommender =
                new Recommender(
                        hydrator,
                        new ReplicaServing(replica, CLOCK),
                        new Answers(() -> signer(Signer.EXPOSURE)),
                        strategy(),
                        CLOCK,
                        random);
        return new ReadSide(recommender, hydrator, replica, secrets, CLOCK, besides);
    }

    private Strategy strategy() {
        return Strategy.of(settings.blend().orElse(Strategy.USUAL))
                .orElseThrow(
                        () ->
                                new MissingSettingException(
                                        Setting.BLEND, "must be one of " + Strategy.NAMES));
    }

    Admission admission() {
        return new Admission(random);
    }

    /** What the stream takes and refuses of it teaches {@code admission}. */
    Collection collection(Admission admission) {
        EventReader reader =
                new EventReader(
                        () -> signer(Signer.EXPOSURE), new UserAgents(), new RateLimit(), ids);
        return new Collection(
                reader,
                new EventCodec(),
                new AdmittedEventLog(eventLog(), admission, CLOCK),
                CLOCK,
                random,
                Thread::sleep);
    }

    /** The signer for one purpose; fetches the secret at the first call of any. */
    Signer signer(String label) {
        return new Signer(secrets.secret()).derive(label);
    }

    Metrics metrics() {
        Metrics metrics =
                new Metrics(settings.stage(), settings.modelId(), CLOCK, System.out::println);
        besides().execute(metrics::prime);
        return metrics;
    }

    InstantSource clock() {
        return CLOCK;
    }

    private Interactions interactions() {
        return new DynamodbInteractions(
                clients.enhancedDynamoDb(),
                settings.interactionsTable(),
                settings.keeping(),
                CLOCK);
    }

    private Users users() {
        return new DynamodbUsers(
                clients.enhancedDynamoDb(), settings.usersTable(), settings.keeping(), CLOCK);
    }

    private Catalog items() {
        return new DynamodbCatalog(
                clients.enhancedDynamoDb(), settings.itemsTable(), settings.keeping(), CLOCK);
    }

    private ModelLogs modelLogs() {
        return new DynamodbModelLogs(
                clients.enhancedDynamoDb(),
                settings.modelsTable(),
                new S3ModelObjects(clients.s3(), settings.modelBucket()),
                settings.modelId(),
                CLOCK);
    }

    private EventLog eventLog() {
        return new KinesisEventLog(clients.kinesis(), settings.eventsStream());
    }

    private ExampleLog exampleLog() {
        return new KinesisExampleLog(clients.kinesis(), settings.examplesStream());
    }

    private Quarantine quarantine() {
        return new S3Quarantine(clients.s3(), settings.quarantineBucket());
    }

    /** The secret is fetched at the first call, not at the start. */
    private Pseudonyms pseudonyms() {
        return new Pseudonyms(new Signer(secrets.secret()));
    }

    /** Runs waits for stores, several at a time. */
    private static Executor besides() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    private String eventId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "freshet-" + HexFormat.of().formatHex(bytes);
    }
}
